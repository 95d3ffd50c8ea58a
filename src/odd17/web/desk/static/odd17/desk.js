// Areas of rich text say what they are for: the desk leaves them without a name for those who hear the page.
const nameAreas = () => {
  for (const area of document.querySelectorAll(".public-DraftEditor-content:not([aria-label])")) {
    const heading = area.closest(".w-panel")?.querySelector(".w-panel__heading");
    const name = heading?.textContent.trim().split("\n")[0].replace("*", "").trim();
    if (name) area.setAttribute("aria-label", name);
  }
};
new MutationObserver(nameAreas).observe(document, { childList: true, subtree: true });
