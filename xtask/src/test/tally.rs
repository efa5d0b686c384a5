//! The sums over all test runs.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

/// How many tests passed and failed, and how many could not be held in an engine: each says so, and the test harness
/// counts it as passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
    skipped: usize,
}

impl Tally {
    /// Runs a command, passes on what it says, and adds up its `test result:` lines.
    pub(super) fn listen(&mut self, command: &mut Command) -> Result<ExitStatus> {
        let mut child = command.stdout(Stdio::piped()).spawn().context("cannot run cargo")?;
        if let Some(output) = child.stdout.take() {
            // By bytes: a test may print what is not UTF-8.
            for line in BufReader::new(output).split(b'\n') {
                let line = line?;
                let line = String::from_utf8_lossy(&line);
                println!("{line}");
                self.add(&line);
            }
        }
        Ok(child.wait()?)
    }

    fn add(&mut self, line: &str) {
        // With one test at a time the line begins with the test's name.
        self.skipped += usize::from(line.contains("skipped in "));
        let Some(result) = line.trim_start().strip_prefix("test result:") else { return };
        for part in result.split([';', '.']) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(what), None) =
                (words.next().map(str::parse::<usize>), words.next(), words.next())
            {
                match what {
                    "passed" => self.passed += number,
                    "failed" => self.failed += number,
                    _ => {}
                }
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed.saturating_sub(self.skipped), self.failed)?;
        if self.skipped > 0 {
            write!(f, " ({} skipped by name, for what an engine's driver cannot do)", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn results_add_up() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test a ... FAILED",
            "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
            "a test result: ok. 100 passed; 100 failed",
        ] {
            tally.add(line);
        }
        assert_eq!(tally, Tally { passed: 15, failed: 2, skipped: 0 });
        assert_eq!(tally.to_string(), "15 passed, 2 failed");
        tally.add("test a ... skipped in Firefox: a: its driver cannot");
        assert_eq!(
            tally.to_string(),
            "14 passed, 2 failed (1 skipped by name, for what an engine's driver cannot do)"
        );
    }
}
