// Starts the page's module. Whoever has a browser that cannot run it is told so, instead of seeing an empty page.
import start from "./{{intake-web.js}}";

start().catch((error) => {
  document.getElementById("start-failed")?.removeAttribute("hidden");
  throw error;
});

// WebKit shows no `:focus-visible` on a choice that was reached with the arrow keys: the styles go by the last input.
const root = document.documentElement;
addEventListener("keydown", () => root.toggleAttribute("data-keys", true), true);
addEventListener("pointerdown", () => root.toggleAttribute("data-keys", false), true);
