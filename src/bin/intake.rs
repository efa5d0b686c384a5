//! The `intake` program: see `intake --help`.

fn main() -> std::process::ExitCode {
    intake::cli::main()
}
