/* Measurements that need the page itself. Each returns a list of {target, note}: what is wrong, and
   where. Added to a page as `audit` by checks.py; it changes nothing that stays. */
(() => {
  function path(element) {
    const steps = [];
    for (let at = element; at && at !== document.documentElement && steps.length < 4; at = at.parentElement) {
      if (at.id) {
        steps.unshift(`#${CSS.escape(at.id)}`);
        break;
      }
      const classes = [...at.classList].slice(0, 2).map((name) => `.${CSS.escape(name)}`).join("");
      steps.unshift(at.localName + classes);
    }
    return steps.join(" > ");
  }

  const words = (element) =>
    (element.getAttribute("aria-label") || element.textContent || element.getAttribute("name") || "").trim().replace(/\s+/g, " ").slice(0, 60);
  const finding = (element, note) => ({ target: path(element), note: `“${words(element)}”: ${note}` });

  /* Hidden from sight on purpose: for screen readers only, or not shown at all. */
  function isHidden(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return true;
    for (let at = element; at; at = at.parentElement) {
      if (/inset\(50%|rect\(0/.test(getComputedStyle(at).clipPath)) return true;
    }
    return false;
  }

  // Colours

  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  function rgba(colour) {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  }
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  function background(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    const canvasColour = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
    return layers.reduceRight((below, layer) => over(layer, below), canvasColour);
  }
  /* WCAG 2, relative luminance and contrast ratio. */
  function luminance(colour) {
    const [r, g, b] = colour.map((part) => {
      const c = part / 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }
  const ratio = (colour, behind) => contrast(over(rgba(colour), behind), behind);

  /* axe gives up where something else lies over or under a text (the notice at the foot of the window
     over the text that scrolls below it), and at a text of one letter. The colours of the text's own
     ancestors decide there. */
  const UNDECIDED = ["bgOverlap", "fgOverlap", "elmPartiallyObscured", "elmPartiallyObscuring", "outsideViewport", "shortTextContent"];
  function settle(node) {
    const check = node.any.find(({ id }) => id === "color-contrast");
    if (!check || node.target.length > 1 || !UNDECIDED.includes(check.data?.messageKey)) return node;
    const element = document.querySelector(node.target[0]);
    const own = textContrast(element);
    const asked = parseFloat(check.data.expectedContrastRatio) || 4.5;
    check.message = `contrast of ${own.toFixed(2)} : 1, ${asked} : 1 is asked for`;
    return own >= asked ? null : node;
  }
  async function runAxe(options) {
    const { violations, incomplete } = await axe.run(options);
    for (const rule of incomplete) rule.nodes = rule.nodes.map(settle).filter(Boolean);
    return { violations, incomplete: incomplete.filter((rule) => rule.nodes.length) };
  }

  const textContrast = (element) => ratio(getComputedStyle(element).color, background(element));

  // 1.4.10 reflow: nothing is wider than the window

  function overflow() {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const found = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width && (box.right > wide + 1 || box.left < -1) && !isHidden(element) && !isScrolled(element.parentElement);
    });
    const note = `${document.documentElement.scrollWidth} px in a window of ${wide} px`;
    return found.length ? found.slice(0, 8).map((element) => finding(element, note)) : [finding(document.body, note)];
  }
  function isScrolled(element) {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  }

  // 1.4.4 and 1.4.12: no text is cut off or lies over other text

  function clipped() {
    const found = [];
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const cuts = { x: /hidden|clip/.test(style.overflowX), y: /hidden|clip/.test(style.overflowY) };
      if (!(cuts.x || cuts.y) || element.closest("svg, template") || isHidden(element)) continue;
      if (!element.innerText?.trim()) continue;
      const x = element.scrollWidth - element.clientWidth;
      const y = element.scrollHeight - element.clientHeight;
      if ((cuts.x && x > 1) || (cuts.y && y > 1)) found.push(finding(element, `text is cut off, ${x} × ${y} px`));
    }
    return found;
  }

  function lines() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest("script, style, template, option, [popover]:not(:popover-open)")) continue;
      if (isHidden(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 2 || box.height < 2) continue;
        // The middle of the line: boxes of lines touch each other, letters do not.
        found.push({ parent, left: box.left, right: box.right, top: box.top + box.height * 0.3, bottom: box.bottom - box.height * 0.3 });
      }
    }
    return found;
  }
  /* What floats above the page on purpose covers it, and is measured by `focus`. */
  const layer = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { position, zIndex } = getComputedStyle(at);
      const isRaised = /fixed|sticky/.test(position) || (position === "absolute" && zIndex !== "auto");
      if (isRaised || at.matches(":popover-open, dialog")) return at;
    }
    return null;
  };
  function overlapping() {
    const all = lines().sort((a, b) => a.top - b.top);
    const found = new Map();
    all.forEach((one, at) => {
      for (let next = at + 1; next < all.length && all[next].top < one.bottom; next += 1) {
        const other = all[next];
        if (one.parent === other.parent || found.has(one.parent)) continue;
        const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        if (width > 3 && layer(one.parent) === layer(other.parent)) {
          found.set(one.parent, finding(one.parent, `lies over “${words(other.parent)}”`));
        }
      }
    });
    return [...found.values()];
  }

  // Headings and landmarks

  function structure() {
    const found = [];
    const only = (selector, name) => {
      const elements = [...document.querySelectorAll(selector)].filter((element) => !isHidden(element));
      if (elements.length !== 1) found.push({ target: selector, note: `${elements.length} × ${name}; there must be one` });
    };
    only("h1", "h1");
    only("main", "main");
    only("body > header, [role=banner]", "banner");
    only("body > footer, [role=contentinfo]", "contentinfo");
    let last = 0;
    for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      if (isHidden(heading) || heading.closest("dialog")) continue;
      const level = Number(heading.localName[1]);
      if (level > last + 1) found.push(finding(heading, `h${level} after h${last}`));
      if (!heading.textContent.trim()) found.push(finding(heading, "a heading without words"));
      last = level;
    }
    if (!document.title.trim()) found.push({ target: "title", note: "the page has no title" });
    return found;
  }

  // 1.4.11: what shows that something is a control

  function controls() {
    const found = [];
    for (const control of document.querySelectorAll("input, select, textarea, button.button, a.button")) {
      if (isHidden(control) || /hidden|checkbox|radio/.test(control.type) || control.disabled) continue;
      const style = getComputedStyle(control);
      const behind = background(control.parentElement);
      const edges = ["Top", "Right", "Bottom", "Left"]
        .filter((side) => parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none")
        .map((side) => ratio(style[`border${side}Color`], behind));
      const best = Math.max(0, ...edges, contrast(background(control), behind));
      if (best < 3) found.push(finding(control, `its edge has a contrast of ${best.toFixed(2)} : 1`));
    }
    for (const icon of document.querySelectorAll("a svg:not(.weave), button svg:not(.weave)")) {
      if (isHidden(icon)) continue;
      const best = ratio(getComputedStyle(icon).color, background(icon));
      if (best < 3) found.push(finding(icon.closest("a, button"), `its icon has a contrast of ${best.toFixed(2)} : 1`));
    }
    // Shapes cut from a background: arrows, play, the marks of lists.
    for (const element of document.body.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (!style.clipPath.startsWith("polygon") || (part && style.content === "none") || isHidden(element)) continue;
        const best = ratio(style.backgroundColor, background(part ? element : element.parentElement));
        if (best < 3) found.push(finding(element, `its mark has a contrast of ${best.toFixed(2)} : 1`));
      }
    }
    return found;
  }

  // 2.4.3, 2.4.7, 2.4.11, 2.1.2: real presses of Tab, each element measured before the next press

  let walk = [];
  let faults = [];
  const FOCUSABLE = "a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const focusable = () =>
    [...document.querySelectorAll(FOCUSABLE)].filter(
      (element) =>
        element.tabIndex >= 0 && !element.disabled && element.type !== "hidden" && element.checkVisibility({ visibilityProperty: true }) &&
        (element.type !== "radio" || element === stopOf(element)),
    );
  /* Tab stops once at a group of radio buttons: at the chosen one, or at the first. */
  function stopOf(radio) {
    const group = [...document.getElementsByName(radio.name)].filter(({ form }) => form === radio.form);
    return group.find(({ checked }) => checked) ?? group[0];
  }
  /* And several times at a field for a date or a time: at day, month, year and calendar. */
  const stops = () => focusable().reduce((sum, element) => sum + (/date|time|month|week/.test(element.type) ? 4 : 1), 0);

  function isCoveredAt(element, x, y) {
    const top = document.elementFromPoint(x, y);
    return !(top && (element.contains(top) || top.contains(element) || top.closest("label")?.contains(element)));
  }
  function measureFocus(element) {
    const boxes = [...element.getClientRects()].filter((box) => box.width && box.height);
    if (!boxes.length || isHidden(element)) return "has no place on the screen";
    const inside = boxes.filter((box) => box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth);
    if (!inside.length) return "is outside the window";
    const points = inside.flatMap((box) => {
      const [left, right] = [Math.max(box.left, 0) + 1, Math.min(box.right, innerWidth) - 1];
      const [top, bottom] = [Math.max(box.top, 0) + 1, Math.min(box.bottom, innerHeight) - 1];
      return [[left, top], [right, top], [left, bottom], [right, bottom], [(left + right) / 2, (top + bottom) / 2]];
    });
    const covered = points.filter(([x, y]) => isCoveredAt(element, x, y)).length;
    if (covered > points.length / 2) return "is covered";
    const style = getComputedStyle(element);
    const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    if (element.localName !== "iframe" && width < 2) return `has an outline of ${width} px`;
    const best = ratio(style.outlineColor, background(element.parentElement ?? element));
    if (width && best < 3) return `has an outline with a contrast of ${best.toFixed(2)} : 1`;
    return "";
  }
  function note(element) {
    if (!element || element === document.body || walk.includes(element)) return;
    walk.push(element);
    const fault = measureFocus(element);
    if (fault) faults.push(finding(element, fault));
  }
  const onKey = (event) => event.key === "Tab" && note(document.activeElement);

  function startWalk() {
    walk = [];
    faults = [];
    document.body.tabIndex = -1; // the walk begins where the page begins
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
    addEventListener("keydown", onKey, true);
    return stops();
  }
  function endWalk() {
    note(document.activeElement);
    removeEventListener("keydown", onKey, true);
    document.activeElement?.blur();
    const missed = focusable().filter((element) => !walk.includes(element) && !element.closest("details:not([open])"));
    missed.forEach((element) => faults.push(finding(element, "is not reached by Tab")));
    for (let at = 1; at < walk.length; at += 1) {
      if (walk[at - 1].compareDocumentPosition(walk[at]) & Node.DOCUMENT_POSITION_PRECEDING) {
        faults.push(finding(walk[at], "comes earlier in the page than what had the focus before it"));
      }
    }
    return faults;
  }

  // Addresses

  const links = () => [...new Set([...document.querySelectorAll("a[href]")].map((link) => link.href.split("#")[0]))];
  const brokenAnchors = () =>
    [...document.querySelectorAll('a[href^="#"]')]
      .filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
      .map((link) => finding(link, `there is no “${link.getAttribute("href")}” in the page`));

  const texts = () => [...clipped(), ...overlapping()];
  window.audit = { axe: runAxe, textContrast, overflow, texts, structure, controls, startWalk, endWalk, links, brokenAnchors };
})();
