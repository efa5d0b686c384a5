// Starts the page's module. Whoever has a browser that cannot run it is told so, instead of seeing an empty page.
import start from "./{{intake-web.js}}";

start().catch((error) => {
  document.getElementById("start-failed")?.removeAttribute("hidden");
  throw error;
});
