// What the desk leaves without a name gets one, for those who hear the page: areas of rich text, and who else is there.
const named = (elements, nameOf) => {
  for (const element of elements) {
    const name = nameOf(element);
    if (name) element.setAttribute("aria-label", name);
  }
};
const nameAll = () => {
  named(document.querySelectorAll(".public-DraftEditor-content:not([aria-label])"), (area) => {
    const heading = area.closest(".w-panel")?.querySelector(".w-panel__heading");
    return heading?.textContent.trim().split("\n")[0].replace("*", "").trim();
  });
  named(document.querySelectorAll("button.w-editing-sessions__session:not([aria-label])"), (button) =>
    button._tippy?.props.content.textContent?.replace(/\s+/g, " ").trim(),
  );
};
new MutationObserver(nameAll).observe(document, { childList: true, subtree: true });
