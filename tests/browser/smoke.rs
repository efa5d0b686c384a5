//! The built site works in a browser at all.

use serde_json::json;

use crate::harness::{Feature, Page, lacks};

#[test]
fn the_page_loads_without_a_fault() {
    let page = Page::open();
    page.wait_for("the app is drawn", || {
        page.script("return document.getElementById('app').childElementCount > 0") == true
    });
    assert!(!page.css("#start-failed").is_displayed());
    page.assert_no_faults();
}

#[test]
fn the_list_stays_under_the_finger_when_the_rest_arrives() {
    if lacks(Feature::EarlyScript) {
        return;
    }
    let page = Page::open();
    page.protocol(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "
            window.rebuilt = 0;
            new MutationObserver((changes) => changes.flatMap((change) => [...change.removedNodes])
              .filter((node) => node.querySelector?.('.form-card')).forEach(() => window.rebuilt += 1))
              .observe(document, { childList: true, subtree: true });
        " }),
    );
    page.reload();
    page.wait_for("the rest is there", || !page.all(".quick-hide").is_empty());
    assert!(!page.all(".form-card a").is_empty());
    assert_eq!(page.script("return window.rebuilt"), 0, "the list was built anew");
    page.assert_no_faults();
}

#[test]
fn the_headers_guard_the_page() {
    let page = Page::open();
    let headers = page.script_async(
        "const answer = await fetch(location.pathname, { cache: 'reload' });
         return Object.fromEntries(answer.headers);",
    );
    let policy = headers["content-security-policy"].as_str().expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("content-type", "text/html; charset=utf-8"),
        ("cache-control", "no-cache"),
    ] {
        assert_eq!(headers[name], value, "{name}");
    }
    // The same policy stands in the page, for hosts that set no headers.
    let in_page =
        page.css("meta[http-equiv=Content-Security-Policy]").attribute("content").expect("a policy");
    assert!(policy.starts_with(&in_page), "{in_page}");
}

#[test]
fn a_broken_policy_is_noticed() {
    let page = Page::open();
    page.script_async(
        "const script = document.createElement('script');
         script.textContent = 'window.injected = true';
         document.body.append(script);
         await new Promise((done) => setTimeout(done, 50));",
    );
    assert_eq!(page.script("return window.injected === true"), false, "an inline script has run");
    page.wait_for("the console reports it", || !page.take_broken_policy().is_empty());
}

#[test]
fn the_worker_starts_under_the_policy() {
    let page = Page::open();
    let answer = page.script_async(
        "const address = document.querySelector('meta[name=intake-worker]').content;
         if (!address.includes('worker')) return address;
         const worker = new Worker(address, { type: 'module' });
         return await new Promise((done) => {
           worker.onmessage = () => done('loaded');
           worker.onerror = (event) => done('failed: ' + event.message);
         });",
    );
    assert_eq!(answer, "loaded");
    page.assert_no_faults();
}

#[test]
fn the_catalogue_leads_to_what_it_names() {
    let page = Page::open();
    let missing = page.script_async(
        "const read = async (address) => {
           const answer = await fetch(address);
           if (!answer.ok) throw new Error(address + ' ' + answer.status);
           return answer.json();
         };
         const catalogue = await read(document.querySelector('meta[name=intake-catalogue]').content);
         const missing = [];
         for (const form of catalogue.forms) {
           const bundle = await read(form.file);
           if (!(bundle.entry in bundle.files)) missing.push(form.id);
           for (const language of form.languages) if (!form.title[language]) missing.push(form.id + ' ' + language);
         }
         for (const text of Object.values(catalogue.texts)) await read(text);
         return missing;",
    );
    assert_eq!(missing, serde_json::json!([]));
    page.assert_no_faults();
}

#[test]
fn downloads_arrive() {
    let page = Page::open();
    page.script(
        "const link = document.createElement('a');
         link.href = URL.createObjectURL(new Blob(['{}'], { type: 'application/json' }));
         link.download = 'profile.json';
         link.click();",
    );
    assert_eq!(page.downloaded("profile.json"), b"{}");
}
