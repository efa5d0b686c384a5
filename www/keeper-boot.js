// The script of the Web Worker that keeps the answers: it starts the third module, which alone holds keys.
import start from "./{{intake-keeper.js}}";

try {
  await start();
} catch (error) {
  // Not every browser tells the page of what fails after the script was read. Whatever is no text says that nobody will
  // answer.
  postMessage(null);
  throw error;
}
