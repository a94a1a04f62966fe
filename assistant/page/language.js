// In the head, before anything is shown. The language that was chosen is kept in this browser and nowhere else.

(() => {
  const STORE = "bht-maalform";
  const language = document.documentElement.lang;
  const isDefault = language === document.currentScript.dataset.default;
  let chosen = null;
  try {
    chosen = localStorage.getItem(STORE);
  } catch {} // a browser that keeps nothing is no fault
  // Only from the address without a language: whoever opens the other one means it.
  if (isDefault && ["nb", "nn"].includes(chosen) && chosen !== language)
    location.replace(new URL(chosen, location.href.replace(/[?#].*$/, "")).href + location.hash);

  // Gradio has no nynorsk, and says that the page is in the language of its own words.
  new MutationObserver(() => {
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-language]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      localStorage.setItem(STORE, link.dataset.language);
    } catch {}
    if (link.getAttribute("aria-current") !== "true") location.href = link.href + location.hash;
  });
})();
