// Keeps the site on the tablet, so that it works with no network after one visit.
//
// A version is all or nothing. Its files are loaded into a cache of their own, each held to its hash, and only when the
// last of them is there may it wait for its turn. Until then, and if anything goes wrong on the way, the version that
// works goes on working: half a download, a server that mixes two versions and the page of a captive portal change
// nothing. It takes its turn when no page of the version before is open, or when the only one that is says so.

// The SHA-256 of precache.json: a new version is a new text of this script, which is how a browser finds it.
const VERSION = "{{version}}";
const CACHE = `intake-${VERSION.slice(0, 16)}`;
const AT_ONCE = 4;
// Quarters of a second.
const PATIENCE = 40;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(heed(event)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === location.origin) event.respondWith(answer(event.request, url));
});

async function install() {
  const list = await load("precache.json", VERSION);
  const { files } = await list.clone().json();
  const cache = await caches.open(CACHE);
  await cache.put("precache.json", list);
  const waiting = [...files];
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      // What an attempt before this one has loaded is kept: it was held to its hash.
      if (await cache.match(file.address)) continue;
      const old = isHashed(file.address) ? await caches.match(file.address) : undefined;
      await cache.put(file.address, old ?? (await load(file.address, file.sha256)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  // The version before, which tidied up when this began, or a browser that wants room may have taken some of it away.
  const held = await caches.open(CACHE);
  for (const { address } of files) if (!(await held.match(address))) throw new Error(`${address} is gone again`);
}

async function activate() {
  await tidy();
  await self.clients.claim();
}

async function heed(event) {
  if (event.data === "take over") {
    if (await isAlone()) await self.skipWaiting();
    else event.source?.postMessage("other pages are open");
  }
  if (event.data === "tidy") await tidy();
}

// Whether one page at most is open. A page that was left or loaded again is counted until the browser has put it away,
// which a slow tablet takes its time for.
async function isAlone() {
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (pages.length <= 1) return true;
    await new Promise((done) => setTimeout(done, 250));
  }
  return false;
}

// Throws older versions away, unless a page may still need their files.
async function tidy() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.length > 1) return;
  for (const name of await caches.keys()) {
    // Asked each time: one that has begun since is not older.
    const waits = self.registration.waiting ?? self.registration.installing;
    if (name.startsWith("intake-") && name !== CACHE && !waits) await caches.delete(name);
  }
}

async function answer(request, url) {
  const path = url.pathname.slice(new URL(self.registration.scope).pathname.length);
  const address = path === "" || (request.mode === "navigate" && !path.includes(".")) ? "index.html" : path;
  const cache = await caches.open(CACHE);
  // A page of the version before asks for its own files: a name with a hash means the same bytes for ever.
  const kept = (await cache.match(address)) ?? (isHashed(address) ? await caches.match(address) : undefined);
  return kept ?? fetch(request);
}

async function load(address, sha256) {
  // What the browser still holds of a hashed file may be a portal's page, kept as the file would be, for a year.
  const kept = isHashed(address) ? await ask(address, sha256, "default").catch(() => undefined) : undefined;
  return kept ?? (await ask(address, sha256, isHashed(address) ? "reload" : "no-cache"));
}

async function ask(address, sha256, cache) {
  const answer = await fetch(address, { cache, redirect: "error" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256) throw new Error(`${address} is not the file of this version`);
  // The bytes are no longer compressed, whatever the server sent.
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(bytes, { headers });
}

function isHashed(address) {
  return /-[0-9a-f]{16}(_bg)?\.[a-z0-9]+$/.test(address);
}
