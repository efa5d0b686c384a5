// The script of the Web Worker: it starts the second module, which then answers the page's messages.
import start from "./{{intake-worker.js}}";

try {
  await start();
} catch (error) {
  // Not every browser tells the page of what fails after the script was read. Whatever is no text says that nobody will
  // answer.
  postMessage(null);
  throw error;
}
