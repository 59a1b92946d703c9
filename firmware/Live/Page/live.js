"use strict";
(() => {
  const $ = selector => document.querySelector(selector);
  const palette = 8;
  const listed = 200;
  const averaged = 64;
  const most = { points: 200000, decisions: 50000, frames: 60000, happenings: 500 };
  const margin = { left: 46, right: 10, top: 10, bottom: 22 };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // What is known. All of it is text and numbers from elsewhere: it becomes text nodes and drawings, never markup.
  let start = null;
  let times = [];
  let values = [];
  let decisions = [];
  let frames = [];
  let happenings = [];
  let heat = { low: 0, high: 1 };
  let first = 0;
  let last = 0;
  let over = false;
  let groups = [];
  let bars = [];
  const view = { span: 10, until: 0, follow: true, pointer: null };

  // Words.
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className ?? "";
    made.textContent = text ?? "";
    return made;
  };
  const colourOf = index => index < 0 ? "sx" : `s${index % palette}`;
  const swatch = index => element("i", `swatch ${colourOf(index)}`);
  const significant = number => number.toLocaleString("en", { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const duration = microseconds => microseconds < 1 ? `${significant(microseconds * 1000)} ns` : microseconds < 1000 ? `${significant(microseconds)} µs` : microseconds < 1e6 ? `${significant(microseconds / 1000)} ms` : `${significant(microseconds / 1e6)} s`;
  const count = number => number.toLocaleString("en");
  const isWell = happening => ["sensor-back", "samples-good"].includes(happening.kind);
  const say = text => { $("#announcer").textContent = text; };
  const show = (id, text) => {
    const shown = $(id);
    if (shown.textContent !== text) {
      shown.textContent = text;
    }
  };

  // Colours, as the style sheet has them now.
  let ink = {};
  const probe = element("i", "unseen");
  document.body.append(probe);
  const resolved = name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const readColours = () => {
    ink = { text: resolved("--text"), muted: resolved("--muted"), line: resolved("--line"), bad: resolved("--bad"), good: resolved("--good"), none: resolved("--none"), surface: resolved("--surface") };
    ink.series = Array.from({ length: palette }, (_, i) => resolved(`--c${i}`));
  };
  const inkOf = index => index < 0 ? ink.none : ink.series[index % palette];

  // From low to high: dark violet, blue, green, yellow (after matplotlib's viridis).
  const ramp = (() => {
    const stops = [[68, 1, 84], [65, 68, 135], [42, 120, 142], [34, 168, 132], [122, 209, 81], [253, 231, 37]];
    return Array.from({ length: 256 }, (_, i) => {
      const at = i / 255 * (stops.length - 1);
      const from = Math.min(Math.floor(at), stops.length - 2);
      return stops[from].map((channel, c) => Math.round(channel + (stops[from + 1][c] - channel) * (at - from)));
    });
  })();

  // Drawing.
  const ticks = (low, high, wanted) => {
    const raw = (high - low) / Math.max(1, wanted);
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map(factor => factor * power).find(size => size >= raw * 0.999);
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const found = [];
    for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
      found.push({ value: i * step, text: (i * step + 0).toFixed(digits).replace(/^-(0(\.0*)?)$/, "$1") });
    }
    return found;
  };
  const surface = canvas => {
    const ratio = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = "12px system-ui, sans-serif";
    pen.textBaseline = "middle";
    return { pen, ratio, left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom };
  };
  const range = () => {
    const end = view.follow ? last : view.until;
    const span = view.span === "all" ? Math.max(5, last - first) : view.span;
    const [from, until] = view.span === "all" ? [first, first + span] : [end - span, end];
    return { from, until, pointed: view.pointer === null ? null : from + view.pointer * span };
  };
  const timeAxis = (area, shown) => {
    const x = time => area.left + (time - shown.from) / (shown.until - shown.from) * (area.right - area.left);
    const { pen } = area;
    pen.fillStyle = ink.muted;
    pen.strokeStyle = ink.line;
    pen.lineWidth = 1;
    pen.textAlign = "center";
    pen.beginPath();
    for (const tick of ticks(shown.from, shown.until, (area.right - area.left) / 90)) {
      const at = Math.round(x(tick.value)) + 0.5;
      if (tick.value < 0) {
        continue;
      }
      pen.moveTo(at, area.top);
      pen.lineTo(at, area.bottom);
      if (at < area.right - 26) {
        pen.fillText(tick.text, at, area.bottom + 12);
      }
    }
    pen.stroke();
    pen.textAlign = "right";
    pen.fillText("s", area.right, area.bottom + 12);
    return x;
  };
  const valueAxis = (area, low, high, unit) => {
    const { pen, top, bottom } = area;
    const y = value => bottom - (value - low) / (high - low) * (bottom - top);
    pen.fillStyle = ink.muted;
    pen.strokeStyle = ink.line;
    pen.textAlign = "right";
    pen.beginPath();
    const marks = ticks(low, high, (bottom - top) / 34);
    for (const [i, tick] of marks.entries()) {
      const at = Math.round(y(tick.value)) + 0.5;
      pen.moveTo(area.left, at);
      pen.lineTo(area.right, at);
      pen.fillText(i === marks.length - 1 && unit ? `${tick.text} ${unit}` : tick.text, area.left - 6, at);
    }
    pen.stroke();
    return y;
  };
  const clipped = (area, draw) => {
    area.pen.save();
    area.pen.beginPath();
    area.pen.rect(area.left, area.top - margin.top, area.right - area.left, area.bottom - area.top + margin.top);
    area.pen.clip();
    draw();
    area.pen.restore();
  };
  const lower = (array, time, of) => {
    let low = 0;
    let high = array.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (of(array[middle]) < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  };

  // A line through points; where there are more than pixels, each pixel gets its lowest and highest. Points that do not follow each other are not joined.
  const line = (area, x, y, from, until, timeOf, valueOf, gap, colour) => {
    const { pen } = area;
    pen.strokeStyle = colour;
    pen.lineWidth = 1.6;
    pen.lineJoin = "round";
    pen.beginPath();
    let before = -Infinity;
    let column = null;
    const flush = () => {
      if (column) {
        pen.lineTo(column.x, y(column.low));
        pen.lineTo(column.x, y(column.high));
        column = null;
      }
    };
    const dense = until - from > 2 * (area.right - area.left);
    for (let i = from; i < until; i++) {
      const time = timeOf(i);
      const value = valueOf(i);
      const at = x(time);
      if (time - before > gap) {
        flush();
        pen.moveTo(at, y(value));
      } else if (!dense) {
        pen.lineTo(at, y(value));
      }
      before = time;
      if (dense) {
        if (column && Math.floor(at) === Math.floor(column.x)) {
          column.low = Math.min(column.low, value);
          column.high = Math.max(column.high, value);
        } else {
          flush();
          column = { x: at, low: value, high: value };
        }
      }
    }
    flush();
    pen.stroke();
  };
  const faultLines = (area, x, shown) => {
    const { pen } = area;
    pen.save();
    pen.setLineDash([4, 3]);
    pen.lineWidth = 1.4;
    for (const happening of happenings) {
      if (happening.time >= shown.from && happening.time <= shown.until) {
        pen.strokeStyle = isWell(happening) ? ink.good : ink.bad;
        pen.beginPath();
        pen.moveTo(x(happening.time), area.top);
        pen.lineTo(x(happening.time), area.bottom);
        pen.stroke();
      }
    }
    pen.restore();
  };
  const pointerLine = (area, x, shown) => {
    if (shown.pointed === null) {
      return;
    }
    const { pen } = area;
    const at = x(shown.pointed);
    const text = `${shown.pointed.toFixed(2)} s`;
    const width = pen.measureText(text).width + 10;
    const begin = Math.max(area.left, Math.min(at - width / 2, area.right - width));
    pen.strokeStyle = pen.fillStyle = ink.text;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(at, area.top);
    pen.lineTo(at, area.bottom);
    pen.stroke();
    pen.fillRect(begin, area.bottom + 3, width, 18);
    pen.fillStyle = ink.surface;
    pen.textAlign = "left";
    pen.fillText(text, begin + 5, area.bottom + 12.5);
  };

  // Where the pointer is, or the last that is shown.
  const current = (array, shown, timeOf) => lower(array, (shown.pointed ?? shown.until) + 1e-6, timeOf) - 1;
  const drawSignals = shown => {
    const from = Math.max(0, lower(times, shown.from, time => time) - 1);
    const until = Math.min(times.length, lower(times, shown.until, time => time) + 1);
    for (const group of groups) {
      const area = surface(group.canvas);
      const room = (group.high - group.low) * 0.06 || 1;
      const x = timeAxis(area, shown);
      const y = valueAxis(area, group.low - room, group.high + room, group.unit);
      clipped(area, () => {
        faultLines(area, x, shown);
        for (const channel of group.channels) {
          line(area, x, y, from, until, i => times[i], i => values[channel.index][i], group.gap, inkOf(channel.series));
        }
      });
      pointerLine(area, x, shown);
      const read = current(times, shown, time => time);
      for (const channel of group.channels) {
        channel.reading.textContent = read >= 0 ? `${values[channel.index][read].toFixed(group.digits)} ${group.unit}` : "";
      }
    }
  };
  const heatMap = $("#features");
  const areSamples = () => start.frontEnd.length === 0 && start.features.rows === start.channels.length;
  const rowName = row => areSamples() ? start.channels[row].name : String(row * start.features.group);
  const drawFeatures = shown => {
    const area = surface(heatMap);
    const width = Math.max(1, Math.round((area.right - area.left) * area.ratio));
    const rows = start.features.rows;
    const image = new ImageData(width, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const step = start.features.step;
    let at = Math.max(0, lower(frames, shown.from, frame => frame.time) - 1);
    for (let column = 0; column < width; column++) {
      const time = shown.from + (column + 0.5) / width * (shown.until - shown.from);
      while (at < frames.length && frames[at].time < time) {
        at++;
      }
      const frame = frames[at];
      if (!frame || frame.time - time > 1.5 * step) {
        continue;
      }
      for (let row = 0; row < rows; row++) {
        const [red, green, blue] = ramp[Math.max(0, Math.min(255, Math.round((frame.values[row] - heat.low) / (heat.high - heat.low || 1) * 255)))];
        pixels[(rows - 1 - row) * width + column] = 0xff000000 | blue << 16 | green << 8 | red;
      }
    }
    const buffer = new OffscreenCanvas(width, rows);
    buffer.getContext("2d").putImageData(image, 0, 0);
    const x = timeAxis(area, shown);
    area.pen.imageSmoothingEnabled = false;
    area.pen.drawImage(buffer, area.left, area.top, area.right - area.left, area.bottom - area.top);
    clipped(area, () => faultLines(area, x, shown));
    pointerLine(area, x, shown);
    area.pen.fillStyle = ink.muted;
    area.pen.textAlign = "right";
    const height = area.bottom - area.top;
    const every = Math.max(1, Math.ceil(rows * 16 / height));
    for (let row = 0; row < rows; row += every) {
      area.pen.fillText(rowName(row), area.left - 6, area.bottom - (row + 0.5) / rows * height);
    }
    const real = value => significant((value - start.features.zeroPoint) * start.features.scale);
    show("#heat-low", real(heat.low));
    show("#heat-high", real(heat.high));
  };
  const drawScores = shown => {
    const area = surface($("#scores"));
    const strip = 12;
    area.bottom -= strip + 6;
    const y = valueAxis(area, 0, 1, "");
    area.bottom += strip + 6;
    const x = timeAxis(area, shown);
    const from = Math.max(0, lower(decisions, shown.from, decision => decision.time) - 1);
    const until = Math.min(decisions.length, lower(decisions, shown.until, decision => decision.time) + 1);
    const interval = start.deadline / 1e6;
    clipped(area, () => {
      faultLines(area, x, shown);
      start.labels.forEach((_, label) => line(area, x, y, from, until, i => decisions[i].time, i => decisions[i].scores[label], 2.5 * interval, inkOf(label)));
      for (let i = from; i < until; i++) {
        const decision = decisions[i];
        const begin = x(decision.time - interval);
        area.pen.fillStyle = inkOf(decision.class);
        area.pen.fillRect(begin, area.bottom - strip, Math.max(1, x(decision.time) - begin + 0.5), strip);
      }
      let free = -Infinity;
      area.pen.textAlign = "left";
      area.pen.font = "600 12px system-ui, sans-serif";
      for (let i = from; i < until; i++) {
        const decision = decisions[i];
        if (!decision.raised) {
          continue;
        }
        const at = x(decision.time);
        area.pen.strokeStyle = area.pen.fillStyle = inkOf(decision.class);
        area.pen.lineWidth = 1.5;
        area.pen.beginPath();
        area.pen.moveTo(at, area.top - 8);
        area.pen.lineTo(at, area.bottom - strip);
        area.pen.stroke();
        if (at > free) {
          const text = decision.label.length > 24 ? decision.label.slice(0, 23) + "…" : decision.label;
          const width = area.pen.measureText(text).width + 10;
          const begin = Math.min(at, area.right - width);
          area.pen.fillRect(begin, area.top - 8, width, 17);
          area.pen.fillStyle = ink.surface;
          area.pen.fillText(text, begin + 5, area.top + 0.5);
          free = begin + width + 4;
        }
      }
    });
    area.pen.font = "12px system-ui, sans-serif";
    pointerLine(area, x, shown);
    const read = decisions[current(decisions, shown, decision => decision.time)];
    for (const [label, item] of [...$("#score-legend").children].entries()) {
      item.querySelector(".reading").textContent = read ? read.scores[label].toFixed(2) : "";
    }
  };

  // Lists.
  const cell = (className, content) => {
    const made = element("td", className, typeof content === "string" ? content : "");
    if (typeof content !== "string") {
      made.append(content);
    }
    return made;
  };
  const row = decision => {
    const made = element("tr");
    const pair = element("span", "pair");
    pair.append(swatch(decision.class), element("span", "name", decision.label));
    made.append(cell("number", `${decision.time.toFixed(2)} s`), cell("", pair), cell("number", decision.score.toFixed(2)), cell(decision.missed ? "number late" : "number", duration(decision.latency)));
    if (decision.missed) {
      made.title = "deadline missed";
    }
    return made;
  };
  const wanted = decision => decision.raised || decision.missed || !$("#events-only").checked;
  let listedUntil = 0;
  const listDecisions = () => {
    const body = $("#decisions tbody");
    const news = decisions.slice(listedUntil).filter(wanted).slice(-listed);
    listedUntil = decisions.length;
    if (news.length > 0) {
      body.querySelector(".none")?.remove();
      body.prepend(...news.reverse().map(row));
      while (body.rows.length > listed) {
        body.lastElementChild.remove();
      }
    }
  };
  const relist = () => {
    const none = element("tr", "none");
    const text = cell("", $("#events-only").checked ? "No event yet." : "None yet.");
    text.colSpan = 4;
    none.append(text);
    $("#decisions tbody").replaceChildren(none);
    listedUntil = 0;
    listDecisions();
  };
  const listHappening = happening => {
    const list = $("#happenings");
    list.querySelector(".none")?.remove();
    const item = element("li", isWell(happening) ? "well" : "fault");
    item.append(element("span", "when", `${happening.time.toFixed(2)} s`), element("span", "kind", happening.kind.replaceAll("-", " ")), element("p", "", happening.message));
    list.prepend(item);
    while (list.children.length > most.happenings) {
      list.lastElementChild.remove();
    }
  };

  // Operators.
  const part = (heading, operators, times) => {
    const list = element("ul", "operators");
    operators.forEach((operator, i) => {
      const item = element("li");
      const what = element("span", "what", operator.name + " ");
      what.append(element("span", "output", operator.output));
      const track = element("span", "track");
      const fill = element("span", "fill");
      const reading = element("span", "number");
      track.append(fill);
      item.append(what, track, reading);
      list.append(item);
      bars.push({ fill, reading, time: decision => times(decision)[i] });
    });
    $("#operators").append(...(heading ? [element("h3", "", heading)] : []), list);
  };
  const makeOperators = () => {
    bars = [];
    $("#operators").replaceChildren();
    const both = start.frontEnd.length > 0;
    if (both) {
      part("Front end, all frames of a decision", start.frontEnd, decision => decision.frontEnd);
    }
    part(both ? "Network" : null, start.network, decision => decision.network);
    const sum = element("p", "sum");
    const reading = element("span", "", "–");
    reading.id = "operator-sum";
    sum.append(element("span", "", "all together"), reading);
    $("#operators").append(sum);
  };
  const drawOperators = shown => {
    const until = Math.min(decisions.length, lower(decisions, shown.until, decision => decision.time) + 1);
    const recent = decisions.slice(Math.max(0, until - averaged), until);
    if (recent.length === 0) {
      return;
    }
    const means = bars.map(bar => recent.reduce((sum, decision) => sum + bar.time(decision), 0) / recent.length);
    const longest = Math.max(...means, 0.001);
    bars.forEach((bar, i) => {
      bar.fill.style.width = `${means[i] / longest * 100}%`;
      bar.reading.textContent = duration(means[i]);
    });
    show("#operator-sum", duration(means.reduce((sum, mean) => sum + mean, 0)));
    show("#operators-lead", `Mean of the last ${recent.length} decisions, on this machine.`);
  };

  const drawCards = shown => {
    const read = decisions[current(decisions, shown, decision => decision.time)];
    if (!read) {
      return;
    }
    show("#label", read.label);
    $(".now").className = `card now ${colourOf(read.class)}`;
    show("#certainty", `score ${read.score.toFixed(2)} at ${read.time.toFixed(2)} s`);
    show("#latency", duration(totals.latency / totals.decisions));
    show("#longest", `mean; longest ${duration(totals.longest)}, due within ${duration(start.deadline)}`);
  };

  let dirty = true;
  let drawn = 0;
  const draw = now => {
    requestAnimationFrame(draw);
    if (!dirty || !start || (calm.matches && now - drawn < 1000)) {
      return;
    }
    dirty = false;
    drawn = now;
    const shown = range();
    drawCards(shown);
    drawSignals(shown);
    drawFeatures(shown);
    drawScores(shown);
    drawOperators(shown);
    listDecisions();
    show("#clock", last.toFixed(1));
    const scrub = $("#until");
    scrub.min = first.toFixed(1);
    scrub.max = last.toFixed(1);
    scrub.disabled = view.span === "all";
    if (view.follow) {
      scrub.value = scrub.max;
    }
    scrub.setAttribute("aria-valuetext", `${Number(scrub.value).toFixed(1)} seconds`);
  };

  // Messages.
  let totals = { decisions: 0, latency: 0, longest: 0 };
  const setState = (state, text) => {
    const shown = $("#state");
    shown.dataset.state = state;
    show("#state", text);
  };
  const trimmed = (array, limit) => array.length > limit * 1.25 ? array.slice(-limit) : array;
  const showCounts = counts => {
    show("#decided", count(counts.decisions));
    for (const [id, number] of [["#late", counts.missedDeadlines], ["#lost", counts.lost], ["#allocated", counts.allocatedBytes]]) {
      show(id, count(number));
      $(id).classList.toggle("bad", number > 0);
    }
  };
  const legendItem = (series, name) => {
    const item = element("li");
    const reading = element("span", "reading");
    item.append(swatch(series), element("span", "name", name), reading);
    return { item, reading };
  };
  const makeSignals = () => {
    groups = [];
    $("#signals").replaceChildren();
    for (const unit of new Set(start.channels.map(channel => channel.unit))) {
      const figure = element("figure");
      const canvas = element("canvas", "plot");
      const caption = element("figcaption");
      const legend = element("ul", "legend");
      const members = start.channels.map((channel, index) => ({ ...channel, index })).filter(channel => channel.unit === unit);
      const channels = members.map((channel, series) => {
        const { item, reading } = legendItem(series, channel.name);
        legend.append(item);
        return { index: channel.index, series, reading };
      });
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${members.map(channel => channel.name).join(", ")} in ${unit} over time`);
      caption.append(legend);
      figure.append(canvas, caption);
      $("#signals").append(figure);
      groups.push({ unit, canvas, channels, low: Infinity, high: -Infinity, digits: 2, gap: Math.max(0.12, 3 / start.rate) });
    }
  };
  const begin = message => {
    start = message;
    times = [];
    values = message.channels.map(() => []);
    decisions = [];
    frames = [];
    happenings = [];
    heat = { low: Infinity, high: -Infinity };
    totals = { decisions: 0, latency: 0, longest: 0 };
    first = 0;
    last = 0;
    over = false;
    nameFollow();
    document.title = `${message.model} – EdgeQuant live`;
    show("#model", message.model);
    const facts = [`${message.sensor}, ${message.channels.map(channel => channel.name).join(", ")} at ${count(message.rate)} Hz`, `recording of ${message.length.toFixed(1)} s`, `a decision every ${duration(message.deadline)}`];
    $("#origin").replaceChildren(...facts.map(fact => element("span", "", fact)));
    setState("playing", message.speed === 1 ? "playing in real time" : message.speed ? `playing ${message.speed} times as fast` : "playing");
    show("#interval", `one every ${duration(message.deadline)}`);
    show("#features-lead", message.frontEnd.length > 0 ? `What the network reads: ${message.features.rows * message.features.group} features of each frame.` : "What the network reads: the samples themselves, scaled.");
    showCounts({ decisions: 0, missedDeadlines: 0, lost: 0, allocatedBytes: 0 });
    $("#score-legend").replaceChildren(...message.labels.map((label, i) => legendItem(i, label).item));
    $("#happenings").replaceChildren(element("li", "none", "Nothing has gone wrong."));
    $("#missed").hidden = true;
    heatMap.style.height = `${Math.min(210, Math.max(96, message.features.rows * 14 + margin.top + margin.bottom))}px`;
    makeSignals();
    makeOperators();
    relist();
  };
  const addSamples = message => {
    const length = message.values[0].length;
    for (let i = 0; i < length; i++) {
      times.push(message.time + i * message.step);
    }
    message.values.forEach((added, channel) => values[channel].push(...added));
    for (const group of groups) {
      for (const channel of group.channels) {
        for (const value of message.values[channel.index]) {
          group.low = Math.min(group.low, value);
          group.high = Math.max(group.high, value);
        }
      }
      const size = Math.max(Math.abs(group.low), Math.abs(group.high), 1e-6);
      group.digits = Math.min(4, Math.max(0, 2 - Math.floor(Math.log10(size))));
    }
    if (times.length > most.points * 1.25) {
      times = trimmed(times, most.points);
      values = values.map(channel => trimmed(channel, most.points));
      first = times[0];
    }
    last = Math.max(last, message.time + (length - 1) * message.step);
  };
  const addDecision = message => {
    message.missed = message.latency > start.deadline;
    decisions.push(message);
    const added = message.features.length;
    message.features.forEach((frame, i) => {
      frames.push({ time: message.time - (added - 1 - i) * start.features.step, values: frame });
      for (const value of frame) {
        heat.low = Math.min(heat.low, value);
        heat.high = Math.max(heat.high, value);
      }
    });
    delete message.features;
    frames = trimmed(frames, most.frames);
    const before = decisions.length;
    decisions = trimmed(decisions, most.decisions);
    listedUntil -= before - decisions.length;
    listedUntil = Math.max(0, listedUntil);
    totals.decisions++;
    totals.latency += message.latency;
    totals.longest = Math.max(totals.longest, message.latency);
    last = Math.max(last, message.time);
    showCounts(message.counts);
    if (message.raised) {
      say(`${message.label}, score ${message.score.toFixed(2)}`);
    }
  };
  const addHappening = message => {
    happenings.push(message);
    happenings = trimmed(happenings, most.happenings);
    last = Math.max(last, message.time);
    showCounts(message.counts);
    listHappening(message);
    say(`${message.kind.replaceAll("-", " ")}: ${message.message}`);
  };
  const finish = message => {
    over = true;
    last = Math.max(last, message.time);
    showCounts(message.counts);
    nameFollow();
    setState("over", "recording over");
    say(`The recording is over: ${count(message.counts.decisions)} decisions.`);
    source.close();
  };
  const handlers = {
    start: begin,
    samples: addSamples,
    decision: addDecision,
    event: addHappening,
    end: finish,
    missed: () => { $("#missed").hidden = false; },
  };

  const source = new EventSource("events");
  source.onmessage = event => {
    const message = JSON.parse(event.data);
    if (message.type === "start" || start) {
      handlers[message.type]?.(message);
      dirty = true;
    }
  };
  source.onerror = () => {
    if (!over) {
      setState("lost", "connection lost");
    }
  };
  source.onopen = () => {
    if (start && !over) {
      setState("playing", "playing");
    }
  };

  // Controls.
  $("#span").addEventListener("change", event => {
    view.span = event.target.value === "all" ? "all" : Number(event.target.value);
    dirty = true;
  });
  const nameFollow = () => show("#follow", over ? (view.follow ? "At the end" : "To the end") : view.follow ? "Pause" : "Follow");
  const follow = following => {
    view.until = last;
    view.follow = following;
    nameFollow();
    dirty = true;
  };
  $("#follow").addEventListener("click", () => follow(!view.follow));
  $("#until").addEventListener("input", event => {
    const wantedEnd = Number(event.target.value);
    follow(false);
    view.until = wantedEnd;
  });
  const point = event => {
    const canvas = event.target.closest?.("canvas.plot, canvas.heat");
    const box = canvas?.getBoundingClientRect();
    const at = canvas ? (event.clientX - box.left - margin.left) / (box.width - margin.left - margin.right) : -1;
    view.pointer = at >= 0 && at <= 1 ? at : null;
    dirty = true;
  };
  $("#content").addEventListener("pointermove", point);
  $("#content").addEventListener("pointerleave", point);
  $("#events-only").addEventListener("change", relist);
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const paint = () => {
    $("#theme").textContent = isDark() ? "Light" : "Dark";
    readColours();
    dirty = true;
  };
  try {
    root.dataset.theme = localStorage.getItem("theme") ?? "";
  } catch {
    // Storage may be switched off.
  }
  if (!root.dataset.theme) {
    delete root.dataset.theme;
  }
  $("#theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // It is not remembered then.
    }
    paint();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  addEventListener("resize", () => { dirty = true; });
  const scale = $("#heat-scale").getContext("2d");
  ramp.forEach(([red, green, blue], i) => {
    scale.fillStyle = `rgb(${red} ${green} ${blue})`;
    scale.fillRect(i, 0, 1, 1);
  });
  show("#address", location.href);
  paint();
  requestAnimationFrame(draw);
})();
