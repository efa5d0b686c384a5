//! What was asked for.

use anyhow::{Context, Result, bail};

/// A task and its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Help,
    Build,
    Dist,
    Release,
    Bench,
    Serve { port: u16 },
    Screenshots,
    Test { full: bool },
}

/// The port of `serve` when none is given.
const PORT: u16 = 8080;

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Task> {
    let mut words = words.into_iter();
    let Some(name) = words.next() else { return Ok(Task::Help) };
    let mut task = match name.as_str() {
        "help" | "--help" | "-h" => return Ok(Task::Help),
        "build" => Task::Build,
        "dist" => Task::Dist,
        "release" => Task::Release,
        "bench" => Task::Bench,
        "screenshots" => Task::Screenshots,
        "serve" => Task::Serve { port: PORT },
        "test" => Task::Test { full: false },
        other => bail!("there is no task `{other}`; `cargo xtask` alone lists them"),
    };
    while let Some(word) = words.next() {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (word.as_str(), None),
        };
        match (&mut task, option) {
            (_, "--help" | "-h") => return Ok(Task::Help),
            (Task::Serve { port }, "--port") => {
                let value =
                    value.or_else(|| words.next()).context("`--port` needs a number, such as 8080")?;
                *port = value.parse().ok().with_context(|| format!("`{value}` is not a port: 0 to 65535"))?;
            }
            (Task::Test { full }, "--full") if value.is_none() => *full = true,
            _ => bail!("`{name}` does not know `{word}`; `cargo xtask` alone lists the options"),
        }
    }
    Ok(task)
}

#[cfg(test)]
mod tests {
    use super::{Task, parse};

    fn read(line: &str) -> Result<Task, String> {
        parse(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
    }

    #[test]
    fn tasks_and_their_options() {
        assert_eq!(read(""), Ok(Task::Help));
        assert_eq!(read("dist --help"), Ok(Task::Help));
        assert_eq!(read("build"), Ok(Task::Build));
        assert_eq!(read("release"), Ok(Task::Release));
        assert_eq!(read("bench"), Ok(Task::Bench));
        assert_eq!(read("screenshots"), Ok(Task::Screenshots));
        assert_eq!(read("serve"), Ok(Task::Serve { port: 8080 }));
        assert_eq!(read("serve --port 0"), Ok(Task::Serve { port: 0 }));
        assert_eq!(read("serve --port=9000"), Ok(Task::Serve { port: 9000 }));
        assert_eq!(read("test --full"), Ok(Task::Test { full: true }));
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for line in [
            "sevre",
            "serve --port",
            "serve --port x",
            "serve --port 65536",
            "dist --full",
            "test --full=yes",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
