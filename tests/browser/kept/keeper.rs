//! The keeper by itself: the module that holds keys and writes, asked as the page asks it. What takes minutes by hand
//! is so tried at every step and every byte.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::offline::copy;
use crate::harness::{Page, site};

/// A keeper whose writes go wrong when the page says so. `fail` is the number of the write from now on at which it
/// happens, and how: it is refused for want of room from then on; the transaction is called off, as a browser does when
/// the disk is full at its end; or the program stands still for ever, until it is killed. Told `no copy` or `half a copy`, it
/// is the second copy alone that finds no room, or too little. One that is told `no pictures` has room for all that is
/// small; one that is told `between` stands still for some seconds when it has read one part of a journal, and not the other.
/// One that is told `close the database` finds it closed by the browser, once. Told `hold`, it hears nothing until it is
/// told something else, and then all that was said meanwhile.
const FAILING: &str = "
    let left = Infinity;
    let how = 'full';
    let parts = 0;
    const channel = new BroadcastChannel('fail-writes');
    const heed = ({ data }) => {
      if (typeof data !== 'object') return;
      left = data.at || Infinity;
      how = data.how;
      parts = 0;
      if (how !== 'hold') for (const data of held.splice(0)) dispatchEvent(new MessageEvent('message', { data }));
    };
    const held = [];
    addEventListener('message', (event) => {
      if (how !== 'hold' || typeof event.data !== 'string') return;
      event.stopImmediatePropagation();
      held.push(event.data);
    });
    // The page's own keeper hears it from anybody; one that a test has started, from the test.
    channel.onmessage = (event) => { heed(event); channel.postMessage('heard'); };
    addEventListener('message', heed);
    for (const name of ['add', 'put', 'delete']) {
      const write = IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function (...rest) {
        if (how.endsWith('copy')) return write.apply(this, rest);
        if (how === 'no pictures' && this.name === 'chunks') throw new DOMException('no room', 'QuotaExceededError');
        left -= 1;
        if (left > 0) return write.apply(this, rest);
        if (how === 'full') throw new DOMException('no room', 'QuotaExceededError');
        if (how === 'stall') { postMessage('stands still'); for (;;); }
        const request = write.apply(this, rest);
        if (left === 0) this.transaction.abort();
        return request;
      };
    }
    // Of the second copy, in a file: no room at all, or for a part only. What comes later goes through. WebKitGTK has
    // no such files.
    const file = globalThis.FileSystemSyncAccessHandle?.prototype ?? {};
    const { write } = file;
    file.write = function (bytes, options) {
      if (!how.endsWith('copy') || --left) return write.call(this, bytes, options);
      if (how === 'no copy') throw new DOMException('no room', 'QuotaExceededError');
      return write.call(this, bytes.subarray(0, bytes.length / 2), options);
    };
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
      if (how === 'close the database' && mode === 'readwrite') {
        how = 'full';
        this.close();
      }
      const reads = mode !== 'readwrite' && ['entries', 'packs'].includes(String(stores));
      if (how === 'between' && reads && ++parts === 2) {
        postMessage('stands still');
        for (const begin = Date.now(); Date.now() - begin < 4000;);
      }
      return transaction.call(this, stores, mode, ...rest);
    };
";

/// The site with such a keeper.
pub(super) fn failing_site(folder: &Path) -> PathBuf {
    copy(&site(), folder);
    make_failing(folder);
    folder.to_owned()
}

/// Gives a site such a keeper, and says which of its files is another one now.
pub(super) fn make_failing(folder: &Path) -> String {
    let name = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.starts_with("intake-keeper-boot"))
        .expect("the keeper's script");
    let boot = folder.join(&name);
    let text = fs::read_to_string(&boot).unwrap();
    let (import, rest) = text.split_once(";\n").unwrap();
    fs::write(&boot, format!("{import};\n{FAILING}\n{rest}")).unwrap();
    name
}

/// Has the writes of the page's own keeper go wrong, from a write on and in a way; from the write 0 on, none that is counted.
pub(super) fn fail(page: &Page, write: u32, how: &str) {
    page.script_async(&format!(
        "const channel = new BroadcastChannel('fail-writes');
         const ready = new Promise((done) => {{ channel.onmessage = done; }});
         channel.postMessage({{ at: {write}, how: '{how}' }});
         await ready;
         channel.close();"
    ));
}

/// What the scripts of a test have at hand: `new Keeper()`, whose `ask` and `told` (which wants an answer that is no
/// failure) take questions as `vault::message` has them, whose writes `fail` as they are told, and which may be found to
/// be `still`; the database as `base` with `all(store)`,
/// `put(store, key, bytes)` and `dump()`, which is the whole of it as one text.
const AT_HAND: &str = r"
    window.atHand ??= (async () => {
      const address = document.querySelector('meta[name=intake-keeper]').content;
      class Keeper {
        constructor() {
          this.worker = new Worker(address, { type: 'module' });
          this.open = new Map();
          this.next = 0;
          this.ready = new Promise((ready) => {
            this.worker.onmessage = ({ data }) => {
              if (data === 'ready') return ready();
              if (data === 'stands still') return this.still?.();
              const heard = JSON.parse(data);
              if (heard.Answer) this.open.get(heard.Answer[0])(heard.Answer[1]);
            };
          });
        }
        async ask(ask) {
          await this.ready;
          const number = this.next++;
          const answer = new Promise((done) => this.open.set(number, done));
          this.worker.postMessage(JSON.stringify({ number, ask }));
          return answer;
        }
        async told(ask) {
          const answer = await this.ask(ask);
          if (!('Ok' in answer)) throw new Error(`${JSON.stringify(ask).slice(0, 60)}: ${JSON.stringify(answer)}`);
          return answer.Ok;
        }
        fail(at, how = 'full') { this.worker.postMessage({ at, how }); }
        end() { this.worker.terminate(); }
      }
      const ask = (request) => new Promise((done, bad) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => bad(request.error);
      });
      const opened = () => ask(indexedDB.open('intake'));
      const all = async (store) => {
        const base = await opened();
        const one = base.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([ask(one.getAllKeys()), ask(one.getAll())]);
        base.close();
        return keys.map((key, place) => [key, values[place]]);
      };
      const put = async (store, key, bytes) => {
        const base = await opened();
        await ask(base.transaction(store, 'readwrite').objectStore(store).put(bytes, key));
        base.close();
      };
      const hex = (bytes) => typeof bytes === 'string' ? bytes : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
      const rows = async () => {
        const base = await opened();
        const stores = [...base.objectStoreNames];
        base.close();
        const found = {};
        for (const store of stores) found[store] = (await all(store)).map(([key, bytes]) => [key, hex(bytes)]);
        return found;
      };
      const dump = async () => JSON.stringify(await rows());
      const head = {
        form: 'elder-needs', version: '1.0.0', hash: 'sha256:0', state: 'open', began: '2026-11-26T10:00:00Z',
        changed: '2026-11-26T10:00:00Z', answered: 0, of: 9, entries: 0, section: 0,
      };
      const header = JSON.stringify({
        journal_version: 1, questionnaire: { id: head.form, version: head.version, hash: head.hash }, now: head.began,
      });
      const line = (number) => JSON.stringify({ seq: number, do: 'answer', value: `answer ${number}` });
      const snapshot = (number) => JSON.stringify({ seq: number, do: 'snapshot', said: {} });
      const none = '0'.repeat(32);
      return { Keeper, opened, all, put, rows, dump, head, header, line, snapshot, none };
    })();
    const { Keeper, opened, all, put, rows, dump, head, header, line, snapshot, none } = await window.atHand;
";

/// Runs a script with all of that at hand, and returns what it returns. An error of it fails the test.
pub(super) fn with_keeper(page: &Page, script: &str) -> Value {
    let answer = page.script_async(&format!(
        "{AT_HAND} try {{ {script} }} catch (error) {{ return `failed: ${{error}} ${{error.stack}}`; }}"
    ));
    if let Some(text) = answer.as_str().filter(|text| text.starts_with("failed: ")) {
        panic!("{text}");
    }
    answer
}
