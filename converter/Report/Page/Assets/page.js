"use strict";
(() => {
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.classList.add("js");

  // Light and dark: what the system says, until someone chooses.
  const themeKey = "edgequant-theme";
  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const remembered = () => { try { return localStorage.getItem(themeKey); } catch { return null; } };
  const remember = theme => { try { localStorage.setItem(themeKey, theme); } catch { /* pages from a file may have no storage */ } };
  const themeButton = $("#theme");
  const nameTheme = () => { themeButton.textContent = isDark() ? "Light" : "Dark"; };
  if (["light", "dark"].includes(remembered())) {
    root.dataset.theme = remembered();
  }
  themeButton.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    nameTheme();
  });
  nameTheme();

  // The part of the page that is looked at.
  const links = new Map($$("nav a").map(link => [link.hash.slice(1), link]));
  const seen = new Set();
  const watcher = new IntersectionObserver(entries => {
    entries.forEach(entry => entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id));
    const first = [...links.keys()].find(id => seen.has(id));
    links.forEach((link, id) => link.classList.toggle("here", id === first));
  }, { rootMargin: "-70px 0px -55% 0px" });
  $$("main > section").forEach(section => watcher.observe(section));

  // The network.
  const network = $("#network");
  const canvas = $(".canvas");
  const details = $("#details");
  const nodes = new Map($$(".node").map(node => [node.dataset.op, node]));
  const edges = $$(".edge");
  let chosen = null;

  const fillDetail = detail => {
    $$("li[data-tensor]", detail).forEach(item => {
      const figure = document.getElementById("tensor-" + item.dataset.tensor);
      if (figure && !$("figure", item)) {
        const copy = figure.cloneNode(true);
        copy.removeAttribute("id");
        copy.hidden = false;
        item.append(copy);
      }
    });
  };

  const choose = (op, { reveal = false, open = true } = {}) => {
    const node = nodes.get(op);
    if (chosen !== op) {
      if (chosen !== null) {
        document.getElementById("op-" + chosen)?.classList.remove("on");
        nodes.get(chosen)?.setAttribute("aria-pressed", "false");
        nodes.get(chosen)?.setAttribute("tabindex", "-1");
        $$(`tr[data-op="${chosen}"]`).forEach(row => row.classList.remove("on"));
      } else {
        nodes.forEach(other => other.setAttribute("tabindex", "-1"));
      }
      chosen = op;
      const detail = document.getElementById("op-" + op);
      if (detail) {
        fillDetail(detail);
        detail.classList.add("on");
        details.scrollTop = 0;
        $(".hint", details)?.classList.add("off");
      }
      node?.setAttribute("aria-pressed", "true");
      node?.setAttribute("tabindex", "0");
      $$(`tr[data-op="${op}"]`).forEach(row => row.classList.add("on"));
      edges.forEach(edge => edge.classList.toggle("near", edge.dataset.from === op || edge.dataset.to === op));
    }
    if (open) {
      details?.classList.add("open");
    }
    if (reveal && node) {
      show(node);
    }
  };

  // Scrolls the drawing alone, not the page.
  const show = node => {
    const box = node.getBoundingClientRect();
    const view = canvas.getBoundingClientRect();
    const outside = box.top < view.top + 8 || box.bottom > view.bottom - 8 || box.left < view.left + 8 || box.right > view.right - 8;
    if (outside) {
      canvas.scrollBy({
        left: box.left + box.width / 2 - view.left - view.width / 2,
        top: box.top + box.height / 2 - view.top - view.height / 2,
      });
    }
  };

  const middle = node => {
    const box = node.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  };
  const nearest = (node, candidates) => {
    const from = middle(node);
    const far = other => Math.hypot(middle(other).x - from.x, middle(other).y - from.y);
    return candidates.reduce((best, other) => best === null || far(other) < far(best) ? other : best, null);
  };
  const neighbours = (op, here, there) => edges.filter(edge => edge.dataset[here] === op).map(edge => nodes.get(edge.dataset[there])).filter(Boolean);
  const beside = (node, side) => [...nodes.values()].filter(other => other.dataset.layer === node.dataset.layer && Math.sign(middle(other).x - middle(node).x) === side);
  const next = (node, key) => {
    switch (key) {
      case "ArrowDown": return nearest(node, neighbours(node.dataset.op, "from", "to"));
      case "ArrowUp": return nearest(node, neighbours(node.dataset.op, "to", "from"));
      case "ArrowLeft": return nearest(node, beside(node, -1));
      case "ArrowRight": return nearest(node, beside(node, 1));
      case "Home": return [...nodes.values()][0];
      case "End": return [...nodes.values()].at(-1);
      default: return undefined;
    }
  };

  network?.addEventListener("click", event => {
    const node = event.target.closest(".node");
    if (node) {
      choose(node.dataset.op);
      node.focus({ preventScroll: true });
    }
  });
  network?.addEventListener("focusin", event => {
    const node = event.target.closest(".node");
    if (node) {
      choose(node.dataset.op, { reveal: true, open: false });
    }
  });
  network?.addEventListener("keydown", event => {
    const node = event.target.closest(".node");
    if (!node) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(node.dataset.op);
      return;
    }
    const target = next(node, event.key);
    if (target !== undefined) {
      event.preventDefault();
      target?.focus({ preventScroll: true });
    }
  });
  const close = () => details?.classList.remove("open");
  $("#close")?.addEventListener("click", close);
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      close();
    }
  });

  // Colours and size of the drawing.
  const colour = $("#colour");
  const paint = () => {
    [...colour.options].forEach(option => network.classList.toggle(option.value, option.value === colour.value));
    $$(".legend").forEach(legend => legend.classList.toggle("on", legend.classList.contains(colour.value)));
  };
  const size = network && { width: network.width.baseVal.value, height: network.height.baseVal.value };
  let zoom = 1;
  const scale = value => {
    zoom = Math.min(2, Math.max(0.15, value));
    network.setAttribute("width", size.width * zoom);
    network.setAttribute("height", size.height * zoom);
  };
  const fit = () => scale(Math.min(1, (canvas.clientWidth - 2) / size.width));
  const zooms = { in: () => scale(zoom * 1.25), out: () => scale(zoom / 1.25), fit };
  if (network) {
    colour.addEventListener("change", paint);
    paint();
    $$("[data-zoom]").forEach(button => button.addEventListener("click", zooms[button.dataset.zoom]));
    if (size.width > canvas.clientWidth) {
      scale(Math.max(0.55, (canvas.clientWidth - 2) / size.width));
      canvas.scrollLeft = (canvas.scrollWidth - canvas.clientWidth) / 2;
    }
    canvas.classList.toggle("whole", size.height * zoom < canvas.clientHeight);
    if (matchMedia("(min-width: 901px)").matches && nodes.size > 0) {
      choose(([...nodes.values()].find(node => !node.classList.contains("host")) ?? [...nodes.values()][0]).dataset.op, { open: false });
    }
  }

  // Tables.
  const table = $("#table");
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value ?? cell.textContent;
    return value === "none" ? null : value !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  const sort = (column, heading) => {
    const direction = heading.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    $$("thead th", table).forEach(other => other.setAttribute("aria-sort", other === heading ? direction : "none"));
    const rows = $$("tbody tr", table).map((row, place) => ({ row, place, value: valueOf(row, column) }));
    rows.sort((a, b) => {
      if (a.value === null || b.value === null) {
        return (a.value === null) - (b.value === null) || a.place - b.place;
      }
      return (direction === "ascending" ? 1 : -1) * compare(a.value, b.value) || a.place - b.place;
    });
    table.tBodies[0].append(...rows.map(entry => entry.row));
  };
  $$("thead th", table).forEach((heading, column) => $("button", heading).addEventListener("click", () => sort(column, heading)));
  $$("button.pick").forEach(button => button.addEventListener("click", () => {
    choose(button.closest("tr").dataset.op, { reveal: true });
    if (matchMedia("(min-width: 901px)").matches) {
      $("#graph").scrollIntoView();
    }
  }));
  $("#filter").addEventListener("input", event => {
    const words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
    $$("tbody tr", table).forEach(row => {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
    });
  });

  // Histograms: the first ones, until someone wants all.
  const few = 24;
  const all = $("#all");
  const role = $("#role");
  const figures = $$(".gallery figure");
  let showAll = false;
  const select = () => {
    const wanted = figures.filter(figure => !role.value || figure.dataset.kind.split(" ").includes(role.value));
    const shown = new Set(showAll ? wanted : wanted.slice(0, few));
    figures.forEach(figure => { figure.hidden = !shown.has(figure); });
    all.hidden = shown.size === wanted.length;
    all.textContent = `Show all ${wanted.length}`;
  };
  if (role) {
    role.addEventListener("change", () => { showAll = false; select(); });
    all.addEventListener("click", () => { showAll = true; select(); });
    select();
  }
  addEventListener("beforeprint", () => { if (role) { showAll = true; select(); } });
})();
