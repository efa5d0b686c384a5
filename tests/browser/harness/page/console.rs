//! What the console says of the page, and that it says nothing bad.

use serde_json::Value;

use super::Page;
use crate::harness::{Engine, Entry, extension};

#[allow(dead_code, reason = "not every test needs all of them")]
impl Page {
    /// All that the console has said since the page was opened.
    pub(crate) fn console(&self) -> Vec<Entry> {
        let new = self.wait(self.log());
        let mut console = self.console.borrow_mut();
        console.extend(new.iter().map(Entry::read));
        console.clone()
    }

    /// What the console says of a broken policy, in a test that breaks it on purpose: it counts no more.
    pub(crate) fn take_broken_policy(&self) -> Vec<String> {
        let console = self.console();
        self.console.borrow_mut().retain(|entry| !entry.breaks_policy());
        console.iter().filter(|entry| entry.breaks_policy()).map(ToString::to_string).collect()
    }

    /// Notes what the console has said, before the browser ends: no test may break the page's policy, whatever it is about.
    pub(in crate::harness) fn listen_once_more(&self) {
        if self.engine == Engine::Chromium {
            let last = self.runtime.block_on(extension::last_words(&self.client));
            self.console.borrow_mut().extend(last.iter().map(Entry::read));
        }
    }

    pub(super) async fn log(&self) -> Vec<Value> {
        if self.engine == Engine::Chromium {
            return extension::console(&self.client).await;
        }
        let caught = self.client.execute("return (window.caught ?? []).splice(0)", Vec::new()).await;
        caught.ok().and_then(|caught| caught.as_array().cloned()).unwrap_or_default()
    }

    /// Fails if anything went wrong that the console knows of: an error, a missing file, a broken policy.
    pub(crate) fn assert_no_faults(&self) {
        self.assert_no_faults_but(&[]);
    }

    /// The same, but for what says one of these words.
    pub(crate) fn assert_no_faults_but(&self, expected: &[&str]) {
        let faults: Vec<String> =
            self.console().iter().filter(|entry| entry.is_fault()).map(ToString::to_string).collect();
        let faults: Vec<String> =
            faults.into_iter().filter(|fault| !expected.iter().any(|word| fault.contains(word))).collect();
        assert!(faults.is_empty(), "the console reports:\n{}", faults.join("\n"));
    }
}
