//! `cargo xtask bench`: this engine beside others on the same work, in one run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::workspace::{Workspace, find_program, run as run_command};

const SIZES: [u32; 3] = [100, 1_000, 10_000];
/// As `benches/peers/run.mjs` calls them.
const PEERS: [&str; 3] = ["survey-core", "@jsonforms/core", "@formio/core"];
/// The measures, as both sides name them, and what they are.
const WORK: [(&str, &str); 5] = [
    ("open", "open the form"),
    ("answer", "one answer, in a total of all numbers"),
    ("chain", "one answer, at the head of 50 calculations"),
    ("validate", "judge every question"),
    ("assess", "take a whole set of answers and judge it"),
];
/// All engines take turns so often, and the least counts: a busy minute of the machine hits all of them.
const TURNS: usize = 2;
/// An engine that takes longer than this for one answer, in microseconds, is not asked at the next size.
const PATIENCE: f64 = 2e5;

/// Measures, and prints a table in Markdown.
pub(crate) fn run(workspace: &Workspace) -> Result<ExitCode> {
    let (Some(npm), Some(node)) = (find_program("npm"), find_program("node")) else {
        bail!("other engines need Node.js with npm; `cargo bench` measures this one alone");
    };
    let folder = workspace.target("peers");
    std::fs::create_dir_all(&folder)?;
    for file in ["package.json", "run.mjs"] {
        std::fs::copy(workspace.at("benches/peers").join(file), folder.join(file))?;
    }
    run_command(
        Command::new(npm)
            .args(["install", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder),
    )?;
    let bench = ["bench", "--quiet", "--package", "intake", "--bench", "peers"];
    run_command(&mut workspace.cargo(bench.iter().chain(&["--no-run"])))?;

    let mut slow = BTreeSet::new();
    for size in SIZES {
        let asked = size.to_string();
        let mut rows: Vec<(&str, Vec<Value>)> = vec![("intake", Vec::new())];
        rows.extend(PEERS.map(|peer| (peer, Vec::new())));
        for _ in 0..TURNS {
            for (name, results) in rows.iter_mut().filter(|(name, _)| !slow.contains(name)) {
                let mut command = if *name == "intake" {
                    workspace.cargo(bench.iter().chain(&["--", &asked]))
                } else {
                    let mut command = Command::new(&node);
                    command.args(["run.mjs", name, &asked]).current_dir(&folder);
                    command
                };
                results.push(measured(&mut command, name)?);
            }
        }
        print(size, &rows, &folder);
        slow.extend(
            rows.iter()
                .filter(|(_, results)| least(results, "answer") > Some(PATIENCE))
                .map(|(name, _)| *name),
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The line of JSON that a measurement prints last.
fn measured(command: &mut Command, name: &str) -> Result<Value> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        bail!("{name} does not do the work ({})", output.status);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let line =
        said.lines().rfind(|line| line.starts_with('{')).with_context(|| format!("{name} said nothing"))?;
    Ok(serde_json::from_str(line)?)
}

fn print(size: u32, rows: &[(&str, Vec<Value>)], folder: &Path) {
    let title = |name: &str| match version(folder, name) {
        Some(version) => format!("{name} {version}"),
        None => name.to_owned(),
    };
    let heads: Vec<String> = rows.iter().map(|(name, _)| title(name)).collect();
    println!("\n| {size} questions | {} |\n|---|{}", heads.join(" | "), "---|".repeat(rows.len()));
    for (key, what) in WORK {
        let ours = rows.first().and_then(|(_, results)| least(results, key));
        let cells = rows.iter().enumerate().map(|(place, (_, results))| match (least(results, key), ours) {
            (None, _) => "–".to_owned(),
            (Some(time), Some(ours)) if place > 0 => format!("{} ({})", shown(time), ratio(time / ours)),
            (Some(time), _) => shown(time),
        });
        println!("| {what} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

/// The least of a measure; none if it was not taken.
fn least(results: &[Value], key: &str) -> Option<f64> {
    results.iter().filter_map(|result| result.get(key)?.as_f64()).min_by(f64::total_cmp)
}

/// The version that npm installed.
fn version(folder: &Path, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(folder.join("node_modules").join(name).join("package.json")).ok()?;
    let package: Value = serde_json::from_str(&text).ok()?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// Microseconds in the unit that a person would take, to two digits or the whole number.
fn shown(microseconds: f64) -> String {
    let (number, unit) = match microseconds {
        time if time < 1e3 => (time, "µs"),
        time if time < 1e6 => (time / 1e3, "ms"),
        time => (time / 1e6, "s"),
    };
    format!("{} {unit}", digits(number))
}

fn ratio(times: f64) -> String {
    format!("{}×", digits(times))
}

fn digits(number: f64) -> String {
    if number < 10.0 { format!("{number:.1}") } else { format!("{number:.0}") }
}

#[cfg(test)]
mod tests {
    use super::{ratio, shown};

    #[test]
    fn times_are_written_as_a_person_reads_them() {
        assert_eq!(shown(0.96), "1.0 µs");
        assert_eq!(shown(31.4), "31 µs");
        assert_eq!(shown(89_400.0), "89 ms");
        assert_eq!(shown(2_340_000.0), "2.3 s");
        assert_eq!(ratio(812.3), "812×");
    }
}
