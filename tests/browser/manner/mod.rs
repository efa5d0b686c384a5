//! How the page behaves in somebody's home: who hears what, what must not be seen, what cannot wait.

mod accounts;
mod alert;
mod alone;
mod consent;
mod hiding;
mod levels;
mod pace;
mod taps;
