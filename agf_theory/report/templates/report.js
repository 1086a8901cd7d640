"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const claims = [...document.querySelectorAll("article.claim")].map((node) => ({ node, text: `${node.dataset.words} ${node.textContent}`.toLowerCase() }));
  const parts = [...document.querySelectorAll("article.claim details")];
  const long = (part) => part.matches(".bred");
  const form = by("filter");
  const chosen = { system: by("filter-system"), status: by("filter-status"), result: by("filter-result") };
  const open = (all) => parts.forEach((part) => { part.open = all && !long(part); });

  function filter() {
    const words = by("filter-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { node, text } of claims) {
      const fits = Object.entries(chosen).every(([name, field]) => !field.value || node.dataset[name] === field.value)
        && words.every((word) => text.includes(word));
      node.toggleAttribute("data-hidden", !fits);
      shown += fits;
    }
    for (const system of document.querySelectorAll("section.system")) {
      system.toggleAttribute("data-hidden", !system.querySelector("article.claim:not([data-hidden])"));
    }
    by("filter-count").textContent = `${shown} of ${claims.length} claims shown`;
  }

  function follow() {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const hidden = target.closest("[data-hidden]");
    if (hidden) { form.reset(); filter(); }
    if (target.matches("article.claim")) target.querySelectorAll("details:not(.bred)").forEach((part) => { part.open = true; });
    target.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  by("open-all").addEventListener("click", () => open(true));
  by("close-all").addEventListener("click", () => open(false));
  addEventListener("hashchange", follow);

  // Boxes that scroll are reached by the keyboard.
  for (const box of document.querySelectorAll(".scroll")) {
    if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", "scrolls sideways"); }
  }
  // Formulas stay in sight where they are few; what is closed is not printed.
  parts.forEach((part) => { part.open = part.matches(".under-test") && part.querySelectorAll("dt").length <= 4; });
  filter();
  follow();
})();
