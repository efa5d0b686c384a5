//! A worker that says again what it hears.

use gloo::worker::{HandlerId, Worker, WorkerScope};

pub(crate) struct Echo;

impl Worker for Echo {
    type Message = ();
    type Input = String;
    type Output = String;

    fn create(_: &WorkerScope<Self>) -> Self {
        Self
    }

    fn update(&mut self, _: &WorkerScope<Self>, (): ()) {}

    fn received(&mut self, scope: &WorkerScope<Self>, input: String, id: HandlerId) {
        scope.respond(id, format!("worker: {input}"));
    }
}
