use std::path::{Path, PathBuf};
use std::process::Command;

use super::sandbox::{Sandbox, succeeded};
use super::{full, guide, left_out};

/// The folder of the programs of PostgreSQL: Debian keeps them off the path.
fn programs() -> Option<PathBuf> {
    let found = || {
        let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
            .ok()?
            .map(|entry| entry.unwrap().path().join("bin"))
            .collect();
        versions.sort();
        versions.into_iter().rev().find(|path| path.join("initdb").is_file())
    };
    if found().is_none() && full() {
        let apt = |arguments: &[&str]| {
            let _ = Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive").output();
        };
        apt(&["update"]);
        apt(&["install", "-y", "postgresql"]);
    }
    found()
}

/// A database of its own, without a port.
struct Database {
    programs: PathBuf,
    data: PathBuf,
}

impl Database {
    fn start(sandbox: &Sandbox, programs: PathBuf) -> Self {
        let data = sandbox.at("postgres");
        std::fs::create_dir_all(&data).unwrap();
        let database = Self { programs, data };
        // PostgreSQL does not run as root.
        let _ = Command::new("chown").arg("postgres").arg(&database.data).status();
        let data = database.data.display();
        database.as_postgres(&format!("./initdb --auth=trust --username=postgres -D {data}/db"));
        database.as_postgres(&format!(
            "./pg_ctl -w -D {data}/db -l {data}/log -o \"-c listen_addresses='' -k {data}\" start"
        ));
        database
    }

    fn as_postgres(&self, script: &str) {
        let root = succeeded(&Command::new("id").arg("-u").output().unwrap(), "id").trim() == "0";
        let mut command = if root { Command::new("runuser") } else { Command::new("bash") };
        if root {
            command.args(["-u", "postgres", "--", "bash"]);
        }
        let output = command.args(["-c", script]).current_dir(&self.programs).output().unwrap();
        succeeded(&output, script);
    }

    fn run(&self, sandbox: &Sandbox, script: &str) -> String {
        let mut command = sandbox.shell(script);
        let path = command.get_envs().find(|(name, _)| *name == "PATH").unwrap().1.unwrap().to_owned();
        let path = format!("{}:{}", self.programs.display(), Path::new(&path).display());
        command
            .env("PATH", path)
            .env("PGHOST", &self.data)
            .env("PGUSER", "postgres")
            .env("PGDATABASE", "postgres");
        succeeded(&command.output().unwrap(), script)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.as_postgres(&format!("./pg_ctl -D {}/db -m immediate stop", self.data.display()));
    }
}

#[test]
fn profiles_come_into_postgresql_by_three_lines() {
    let Some(programs) = programs() else { return left_out("PostgreSQL", "initdb (Debian: postgresql)") };
    let sandbox = Sandbox::new();
    sandbox.profiles(300);
    let database = Database::start(&sandbox, programs);
    let bridge = &guide::blocks("PostgreSQL", "sh")[0];
    assert_eq!(bridge.lines().count(), 3, "the bridge has three lines");
    database.run(&sandbox, bridge);
    // Again without making the table: what is there stays.
    let again = bridge.lines().skip(1).collect::<Vec<_>>().join("\n");
    database.run(&sandbox, &again);
    let count = database.run(&sandbox, "psql -At -c 'SELECT count(*), count(DISTINCT id) FROM profiles'");
    assert_eq!(count.trim(), "300|300");
    // What came in is what was sent: as JSON, each of them.
    let rows = database.run(&sandbox, "psql -At -c 'SELECT profile FROM profiles ORDER BY id'");
    let mut stored: Vec<serde_json::Value> =
        rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut sent = sandbox.lines("profiles.jsonl");
    let by_id = |profile: &serde_json::Value| profile["profile_id"].to_string();
    stored.sort_by_key(by_id);
    sent.sort_by_key(by_id);
    assert_eq!(stored, sent);
    let by_station = database.run(&sandbox, &guide::blocks("PostgreSQL", "sh")[1]);
    assert!(by_station.contains("st0"), "{by_station}");
}
