#!/bin/sh
# What a device does when `edgequant deploy` asks, one step a connection: sh -s -- STEP name=value... with this file on standard input.
# Needs a POSIX shell and what Debian or busybox have. Every step may be cut at any point, and the next attempt starts anew:
#
#   FOLDER/releases/ID/    app/, config/, model.eqm, manifest; "confirmed" once labels came from it. Without that it is incomplete, and the next attempt removes it
#   FOLDER/current         link to the release that runs, changed by one rename
#   FOLDER/previous        link to the one before
#   FOLDER/lock            link whose text names who deploys and since when: made whole or not at all
#   FOLDER/pending         link whose text names the release to go back to while a new one is on trial, and who watches it
#   FOLDER/activation      what the last trial printed
#
# A failing step prints one message on standard error. Its exit code says of what kind it is; 255 is left to ssh.
readonly FAILED=1 BUSY=4 SELF_TEST=10 NO_LABELS=11 NO_SPACE=28

say() { printf '%s\n' "$*"; }

# fail CODE MESSAGE
fail() {
  code=$1
  shift
  say "$*" >&2
  exit "$code"
}

first_existing() {
  place=$1
  while [ ! -d "$place" ]; do place=$(dirname "$place"); done
  say "$place"
}

free_kib() {
  df -Pk "$(first_existing "$folder")" | tail -n 1 | { read -r _ _ _ available _ && say "$available"; }
}

release_of() {
  target=$(readlink "$folder/$1") && basename "$target"
}

user_systemctl() {
  XDG_RUNTIME_DIR=${XDG_RUNTIME_DIR:-/run/user/$(id -u)} systemctl --user "$@"
}

# Where the app is restarted: command, user, system or none.
service() {
  if [ -n "$restart" ]; then
    say command
  elif ! command -v systemctl >/dev/null; then
    say none
  elif user_systemctl cat "$unit" >/dev/null 2>&1; then
    say user
  elif systemctl cat "$unit" >/dev/null 2>&1; then
    say system
  else
    say none
  fi
}

# Where a unit can be installed: user, system or none. Root is a user of the system rather than one with units of its own.
manager() {
  if ! command -v systemctl >/dev/null; then
    say none
  elif [ "$(id -u)" -eq 0 ]; then
    if systemctl show-environment >/dev/null 2>&1; then say system; else say none; fi
  elif user_systemctl show-environment >/dev/null 2>&1; then
    say user
  elif systemctl show-environment >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    say system
  else
    say none
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# on_service VERB: restarts or stops the app.
on_service() {
  case $(service) in
    command) [ "$1" = stop ] || (cd "$folder" && timeout 60 sh -c "$restart") ;;
    user) user_systemctl "$1" "$unit" ;;
    system) as_root systemctl "$1" "$unit" ;;
    *) say "There is no unit '$unit'." && return 1 ;;
  esac
}

# journal OPTIONS: what the unit printed.
journal() {
  # Not --user, which sees nothing where the journal is not kept on the disk.
  if [ "$(service)" = user ]; then journalctl --user-unit "$unit" -o cat --no-pager "$@"; else journalctl -u "$unit" -o cat --no-pager "$@"; fi
}

labels_are_in_file() { [ -n "$restart" ] || [ -n "$labels" ]; }

labels_file() {
  case $labels in
    '') say "$folder/labels.log" ;;
    /*) say "$labels" ;;
    *) say "$folder/$labels" ;;
  esac
}

size_of() { if [ -f "$1" ]; then wc -c <"$1"; else echo 0; fi; }

# Succeeds as soon as a label that was printed after now is seen.
label_comes() {
  if labels_are_in_file; then
    file=$(labels_file)
    seen=$(size_of "$file")
  else
    seen=$(date +%s)
  fi
  passed=0
  while :; do
    if labels_are_in_file; then
      [ "$(size_of "$file")" -ge "$seen" ] || seen=0
      fresh=$(tail -c +$((seen + 1)) "$file" 2>/dev/null)
    else
      fresh=$(journal --since "@$seen")
    fi
    case $fresh in *'"label"'*) return 0 ;; esac
    [ "$passed" -lt "$seconds" ] || return 1
    passed=$((passed + 1))
    sleep 1
  done
}

# Every step that changes something holds the lock.
own() {
  holder=$(readlink "$folder/lock")
  case $holder in
    "$owner at "*) ;;
    *) fail $BUSY "Another deployment has taken over: ${holder:-the lock is gone}." ;;
  esac
}

switch_to() {
  ln -sfn "releases/$1" "$folder/current.new" && mv -T "$folder/current.new" "$folder/current"
}

boot() { cut -c 1-8 /proc/sys/kernel/random/boot_id 2>/dev/null; }

roll_back() {
  before=$(readlink "$folder/pending")
  before=${before%%:*}
  say rollback
  if [ "$before" = none ]; then
    on_service stop
    rm -f "$folder/current"
  else
    switch_to "$before"
    on_service restart
  fi
}

# Puts the release on trial, and ends it: with labels it stays, without the one before comes back. Goes on when the connection is cut.
trial() {
  before=$(release_of current)
  [ "$before" != "$release" ] || before=$(release_of previous)
  ln -sfn "${before:-none}:$(exec sh -c 'echo $PPID'):$(boot)" "$folder/pending" || return
  say switch
  if switch_to "$release"; then
    say restart
    if on_service restart; then
      say watch
      if label_comes; then
        if : >"$releases/$release/confirmed"; then
          [ -z "$before" ] || ln -sfn "releases/$before" "$folder/previous"
          say result=active
          rm -f "$folder/pending"
          return
        fi
      else
        say result=no-labels
      fi
    else
      say result=no-restart
    fi
  else
    say result=no-switch
  fi
  roll_back
  rm -f "$folder/pending"
}

# Ends a trial that nobody watches any more: the device was switched off, or the watcher was killed.
recover() {
  left=$((seconds + 120))
  while [ -L "$folder/pending" ]; do
    IFS=: read -r _ watcher booted <<END
$(readlink "$folder/pending")
END
    if [ "$booted" != "$(boot)" ] || ! kill -0 "$watcher" 2>/dev/null || [ "$left" -eq 0 ]; then
      roll_back
      rm -f "$folder/pending"
      return
    fi
    left=$((left - 1))
    sleep 1
  done
}

# Bits of a word of the programs, which may be fewer than the kernel's: the shell's class in its ELF header is 1 for 32, 2 for 64.
word_bits() {
  case $(head -c 5 /proc/$$/exe 2>/dev/null | tail -c 1 | od -An -tu1 | tr -d ' ') in
    1) say 32 ;;
    2) say 64 ;;
  esac
}

# The newest .NET runtime that programs find by themselves.
dotnet_runtime() {
  for place in $(cat /etc/dotnet/install_location 2>/dev/null) /usr/share/dotnet /usr/lib/dotnet; do
    ls "$place/shared/Microsoft.NETCore.App" 2>/dev/null
  done | grep '^[0-9.]*$' | sort -t . -k 1,1n -k 2,2n -k 3,3n | tail -n 1
}

# Files in /dev through which hardware is reached.
device_files() {
  for file in /dev/i2c-* /dev/spidev* /dev/gpiochip* /dev/snd/pcm*c; do
    [ -e "$file" ] || continue
    usable=no
    if [ -r "$file" ] && [ -w "$file" ]; then usable=yes; fi
    say "file=$usable:$(stat -c %G "$file"):$file"
  done
}

step_probe() {
  say "architecture=$(uname -m)"
  say "bits=$(word_bits)"
  say "libc=$(if ls /lib/ld-musl-* >/dev/null 2>&1; then say musl; else say glibc; fi)"
  # shellcheck disable=SC1091
  say "system=$(. /etc/os-release 2>/dev/null && say "$PRETTY_NAME" || uname -s)"
  say "user=$(id -un)"
  say "groups=$(id -Gn)"
  say "dotnet=$(dotnet_runtime)"
  say "free=$(free_kib)"
  say "service=$(service)"
  say "manager=$(manager)"
  say "current=$(release_of current)"
  say "app=$(du -sk "$folder/current/app/" 2>/dev/null | cut -f 1)"
  say "published=$(head -n 1 "$folder/current/app/published" 2>/dev/null)"
  say "configured=$(if [ -f "$folder/current/config/device.json" ]; then say yes; fi)"
  device_files
  absent=
  for program in basename cp cut dirname du grep head ln mv od readlink sed sha256sum sort stat tail timeout tr wc; do
    command -v "$program" >/dev/null || absent="$absent $program"
  done
  say "absent=${absent# }"
}

step_lock() {
  mkdir -p "$releases" || fail $FAILED "Cannot make the folder $releases."
  while ! ln -sn "$owner at $(date +%s)" "$folder/lock" 2>/dev/null; do
    holder=$(readlink "$folder/lock") || fail $FAILED "Cannot write into $folder."
    [ "${holder% at *}" != "$owner" ] || return 0
    age=$(($(date +%s) - ${holder##* at }))
    if [ "$holder" != "$over" ] && [ "$age" -lt 3600 ]; then
      say "$holder"
      fail $BUSY "${holder% at *} has been deploying to this device for $age s."
    fi
    mv "$folder/lock" "$folder/lock.$$" 2>/dev/null || continue
    moved=$(readlink "$folder/lock.$$")
    rm -f "$folder/lock.$$"
    # Another one was faster and had its own lock moved away.
    [ "$moved" = "$holder" ] || ln -sn "$moved" "$folder/lock" 2>/dev/null
  done
}

step_unlock() {
  own
  rm -f "$folder/lock"
}

step_prepare() {
  own
  recover
  current=$(release_of current)
  previous=$(release_of previous)
  for found in "$releases"/*; do
    name=$(basename "$found")
    if [ -d "$found" ] && [ ! -e "$found/confirmed" ] && [ "$name" != "$current" ] && [ "$name" != "$previous" ]; then
      rm -rf "$found" || fail $FAILED "Cannot remove the incomplete release $found."
    fi
  done
  free=$(free_kib)
  [ "$free" -ge "$needed" ] || fail $NO_SPACE "No space left on the device: $folder has $free KiB free, and the release needs $needed KiB."
  mkdir "$releases/$release" || fail $FAILED "Cannot make the folder $releases/$release."
  [ "$app" != current ] || keep_part app
  [ "$config" != current ] || keep_part config
}

# keep_part PART: takes a part of the current release over into the new one.
keep_part() {
  [ -n "$current" ] || fail $FAILED "There is no release whose $1 could be kept."
  cp -Rp "$releases/$current/$1" "$releases/$release/$1" || fail $NO_SPACE "Cannot copy the $1 of $current."
  grep "  $1/" "$releases/$current/manifest" >>"$releases/$release/manifest.kept" || fail $NO_SPACE "Cannot copy the manifest of $current."
}

step_check() {
  own
  cd "$releases/$release" || fail $FAILED "There is no folder $releases/$release."
  if [ -f manifest.kept ]; then
    cat manifest.kept >>manifest || fail $NO_SPACE "No space left on the device: cannot write $releases/$release/manifest."
    rm manifest.kept
  fi
  result=$(sha256sum -c manifest 2>&1) || fail $FAILED "Files arrived damaged: $(say "$result" | grep -v ': OK$' | tail -n 5)"
  # A desktop without file modes cannot say which file is a program.
  [ ! -f app/edgequant-device ] || chmod +x app/edgequant-device
}

step_self_test() {
  own
  cd "$releases/$release/app" || fail $FAILED "There is no folder $releases/$release/app."
  result=$(timeout 120 sh -c "${selftest:-./edgequant-device --config ../config/device.json --self-test}" 2>&1) || fail $SELF_TEST "Exit code $?: $(say "$result" | tail -n 20)"
  # A release is not switched to before it lies on the disk.
  sync
}

# groups_there GROUP...: those that the device has; systemd starts no unit that names another.
groups_there() {
  for group; do
    if grep -q "^$group:" /etc/group; then printf ' %s' "$group"; fi
  done
}

# The unit's text as it fits here. In a unit of a user systemd has no rights to give or to take.
unit_text() {
  if [ "$1" = user ]; then
    sed -e "s|/opt/edgequant|$folder|g" -e '/^User=/d' -e '/^SupplementaryGroups=/d' -e '/^StateDirectory=/d' -e '/^Protect/d' -e '/^PrivateTmp=/d' \
      -e 's|^WantedBy=.*|WantedBy=default.target|' "$2"
  else
    # shellcheck disable=SC2046
    sed -e "s|/opt/edgequant|$folder|g" -e "s|^User=.*|User=$(id -un)|" -e "s|^SupplementaryGroups=.*|SupplementaryGroups=$(groups_there $(sed -n 's/^SupplementaryGroups=//p' "$2"))|" \
      -e "s|^ProtectHome=.*|ProtectHome=$(case $folder in /home/* | /root/* | /run/user/*) say read-only ;; *) say yes ;; esac)|" "$2"
  fi
}

# Makes systemd start the app now and whenever the device starts, where no unit does that yet.
step_install() {
  own
  [ "$(service)" = none ] || fail $FAILED "There is a unit '$unit' already."
  source=$releases/$release/app/edgequant-device.service
  [ -f "$source" ] || fail $FAILED "The app has no edgequant-device.service, of which the unit is made. Publish it again."
  kind=$(manager)
  case $kind in
    user)
      place=${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user
      mkdir -p "$place" && unit_text user "$source" >"$place/$unit.service.new" && mv "$place/$unit.service.new" "$place/$unit.service" || fail $FAILED "Cannot write $place/$unit.service."
      user_systemctl daemon-reload && user_systemctl enable "$unit" 2>&1 || fail $FAILED "systemctl --user does not take the unit $place/$unit.service."
      # Without it the unit ends when the user logs out.
      loginctl enable-linger 2>/dev/null || sudo -n loginctl enable-linger "$(id -un)" 2>/dev/null \
        || fail $FAILED "The app would end when $(id -un) logs out. Allow it to go on, and deploy again: sudo loginctl enable-linger $(id -un)"
      ;;
    system)
      place=/etc/systemd/system
      unit_text system "$source" | as_root tee "$place/$unit.service" >/dev/null && as_root chmod 644 "$place/$unit.service" || fail $FAILED "Cannot write $place/$unit.service."
      as_root systemctl daemon-reload && as_root systemctl enable "$unit" 2>&1 || fail $FAILED "systemctl does not take the unit $place/$unit.service."
      ;;
    *) fail $FAILED "There is no systemd that takes units from $(id -un)." ;;
  esac
  say "installed=$kind"
  say "unit=$place/$unit.service"
}

step_activate() {
  own
  recover
  [ -d "$releases/$release" ] || fail $FAILED "There is no release $release."
  rm -f "$folder/activation"
  (
    trap '' HUP
    trial
    echo end
  ) >"$folder/activation" 2>&1 </dev/null &
  shown=0
  left=$(((seconds + 240) * 5))
  ended=
  while [ -z "$ended" ] && [ "$left" -gt 0 ]; do
    left=$((left - 1))
    # A disk that is full takes no lines; then the link tells.
    if ! kill -0 $! 2>/dev/null; then ended=yes; fi
    lines=$(wc -l <"$folder/activation")
    if [ "$lines" -gt "$shown" ]; then
      fresh=$(sed -n "$((shown + 1)),${lines}p" "$folder/activation")
      say "$fresh"
      shown=$lines
      case $fresh in end | *'
end') ended=yes ;; esac
    fi
    [ -n "$ended" ] || sleep 0.2 2>/dev/null || sleep 1
  done
  [ ! -L "$folder/pending" ] || fail $FAILED "The trial of $release did not end; the next attempt goes back to the release before it."
  [ "$(release_of current)" = "$release" ] || fail $NO_LABELS "$(grep -v -e '^switch$' -e '^restart$' -e '^watch$' -e '^rollback$' -e '^end$' -e '^result=' "$folder/activation" | tail -n 20)"
}

step_prune() {
  own
  current=$(release_of current)
  previous=$(release_of previous)
  kept=0
  for name in $current $previous; do kept=$((kept + 1)); done
  for found in $(ls -1 "$releases" | sort -r); do
    [ "$found" != "$current" ] && [ "$found" != "$previous" ] || continue
    if [ -e "$releases/$found/confirmed" ] && [ "$kept" -lt "$keep" ]; then
      kept=$((kept + 1))
    else
      # Without this file it is incomplete, should removing it be cut.
      rm -f "$releases/$found/confirmed"
      rm -rf "${releases:?}/$found"
      say "removed=$found"
    fi
  done
}

step_status() {
  say "folder=$folder"
  say "current=$(release_of current)"
  say "previous=$(release_of previous)"
  for found in "$releases"/*; do
    [ -d "$found" ] || continue
    if [ -e "$found/confirmed" ]; then say "release=$(basename "$found")"; else say "incomplete=$(basename "$found")"; fi
  done
  say "lock=$(readlink "$folder/lock")"
  say "service=$(service)"
  if labels_are_in_file; then
    say "label=$(tail -n 50 "$(labels_file)" 2>/dev/null | grep '"label"' | tail -n 1)"
  elif [ "$(service)" != none ]; then
    say "label=$(journal -n 50 2>/dev/null | grep '"label"' | tail -n 1)"
  fi
}

step_logs() {
  if labels_are_in_file; then
    tail -n "$lines" "$(labels_file)" || fail $FAILED "There is no log $(labels_file)."
  else
    journal -n "$lines" || fail $FAILED "The journal of '$unit' cannot be read: 'sudo usermod -aG systemd-journal $(id -un)', and log in again."
  fi
}

main() {
  step=$1
  shift
  folder=edgequant owner='' over='' release='' app='' config='' needed=0 keep=3 unit=edgequant-device restart='' labels='' selftest='' seconds=30 lines=100
  for argument; do
    value=${argument#*=}
    case $argument in
      folder=*) folder=$value ;;
      owner=*) owner=$value ;;
      over=*) over=$value ;;
      release=*) release=$value ;;
      app=*) app=$value ;;
      config=*) config=$value ;;
      needed=*) needed=$value ;;
      keep=*) keep=$value ;;
      unit=*) unit=$value ;;
      restart=*) restart=$value ;;
      labels=*) labels=$value ;;
      selftest=*) selftest=$value ;;
      seconds=*) seconds=$value ;;
      lines=*) lines=$value ;;
      *) fail $FAILED "There is no setting '$argument'." ;;
    esac
  done
  case $folder in /*) ;; *) folder=$HOME/$folder ;; esac
  releases=$folder/releases
  LC_ALL=C
  export LC_ALL
  case $step in
    probe | lock | unlock | prepare | check | install | activate | prune | status | logs) "step_$step" ;;
    self-test) step_self_test ;;
    *) fail $FAILED "There is no step '$step'." ;;
  esac
}

# The last line, so that a script that was cut on its way does nothing.
main "$@" </dev/null
