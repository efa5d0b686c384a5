//! A folder of its own, programs that run in it, and made-up profiles.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

pub const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A folder that is gone when the test ends.
pub struct Sandbox(PathBuf);

impl Sandbox {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("intake-back-ends-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        // The examples name the questionnaires as they lie in a clone.
        for name in ["schemas", "examples"] {
            std::os::unix::fs::symlink(Path::new(ROOT).join(name), path.join(name)).unwrap();
        }
        Self(path)
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.at(name), text).unwrap();
    }

    /// A shell here, with the program on its path.
    pub fn shell(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_intake")).parent().unwrap().to_owned();
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", script]).current_dir(&self.0);
        command.env("PATH", format!("{}:{path}", program.display()));
        command
    }

    /// Runs a script that must succeed; what it wrote.
    pub fn run(&self, script: &str) -> String {
        succeeded(&self.shell(script).output().unwrap(), script)
    }

    /// Made-up profiles of older people, and their records, as the guide makes them.
    pub fn profiles(&self, count: usize) {
        let form = "schemas/questionnaires/elder-needs/questionnaire.json";
        self.run(&format!("intake simulate {form} --count {count} > records.jsonl"));
        self.run(&format!("intake assess {form} records.jsonl > profiles.jsonl"));
    }

    pub fn lines(&self, name: &str) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.at(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub fn succeeded(output: &Output, what: &str) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{what}\n{out}\n{err}");
    out.into_owned()
}

/// A program in the background, ended with the test.
pub struct Service(Child);

impl Service {
    pub fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that nobody listens on now.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Waits until something takes connections there.
pub fn listens(port: u16) -> bool {
    (0..600).any(|_| {
        let there = std::net::TcpStream::connect(("127.0.0.1", port)).is_ok();
        if !there {
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        there
    })
}

/// Whether a program can be started.
pub fn has(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

/// Where full runs install what tests need.
pub fn installed() -> PathBuf {
    let path = Path::new(ROOT).join("target/back-ends");
    std::fs::create_dir_all(&path).unwrap();
    path
}
