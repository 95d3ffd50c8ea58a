"use strict";
// The search box as a combobox (WAI-ARIA 1.2, list autocomplete). Without this script it is a plain form.
document.querySelectorAll("input[data-suggest]").forEach((input) => {
  const form = input.form;
  const box = form.querySelector(".suggestions");
  const status = form.querySelector("[role=status]");
  let active = -1;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");

  const options = () => Array.from(box.querySelectorAll("[role=option]"));

  function show(open) {
    box.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  }

  function mark(index) {
    active = index;
    input.removeAttribute("aria-activedescendant");
    options().forEach((option, position) => {
      const chosen = position === index;
      option.setAttribute("aria-selected", String(chosen));
      if (chosen) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    });
  }

  box.addEventListener("htmx:afterSwap", () => {
    const list = box.querySelector("[role=listbox]");
    if (list) input.setAttribute("aria-controls", list.id);
    else input.removeAttribute("aria-controls");
    const count = options().length;
    const typed = input.value.trim() !== "";
    show(count > 0 && typed && document.activeElement === input);
    status.textContent = !typed ? "" : count ? status.dataset.count.replace("{count}", count) : status.dataset.countNone;
  });

  input.addEventListener("keydown", (event) => {
    const count = options().length;
    const open = input.getAttribute("aria-expanded") === "true";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      event.preventDefault();
      if (!open) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(active === -1 ? (step === 1 ? 0 : count - 1) : (active + step + count) % count);
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      options()[active].querySelector("a").click();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      show(false);
    }
  });

  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  box.addEventListener("mousedown", (event) => event.preventDefault());
  show(false);
});
