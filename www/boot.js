// Starts the page's module, which is on its way already (`index.html`). Whoever has a browser that cannot run it is told so, instead of seeing an empty page.
// The list of questionnaires needs no more than the first part, and loads the rest once it is drawn. Any other address
// needs both parts and a questionnaire: all of them are on their way at once, and the second part is compiled while the
// first one starts.
const named = new URLSearchParams(location.search).get("form");
if (named !== null || /^#\/./.test(location.hash)) {
  const later = document.querySelector('meta[name="intake-later"]')?.content;
  // Whatever goes wrong is found, and told, when the page loads it once more.
  if (later) globalThis.intakeLater = WebAssembly.compileStreaming(fetch(later)).catch(() => undefined);
  if (named) preload(named);
}

const parsed = new Promise((done) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", done, { once: true });
  else done();
});

Promise.all([import("./{{intake-web.js}}"), parsed])
  .then(([{ default: start }]) => start())
  .catch((error) => {
    document.getElementById("start-failed")?.removeAttribute("hidden");
    throw error;
  });

// Whoever works with a finger gets digits to touch under each number, without asking for them.
// WebKit shows no `:focus-visible` on a choice that was reached with the arrow keys: the styles go by the last input.
const root = document.documentElement;
addEventListener("keydown", () => root.toggleAttribute("data-keys", true), true);
addEventListener("pointerdown", (event) => {
  root.toggleAttribute("data-keys", false);
  root.toggleAttribute("data-touch", event.pointerType === "touch");
}, true);

// Only from here: an address elsewhere waits until the page has looked whether it may be asked.
function preload(address) {
  const url = URL.parse?.(address, location);
  if (url?.origin !== location.origin) return;
  const link = Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href: url.href });
  document.head.append(link);
}
