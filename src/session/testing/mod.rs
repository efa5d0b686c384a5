//! A second evaluator, slow and naive, that knows nothing of the graph: it computes everything again and again until
//! nothing changes. Random interviews hold the session to it, and bugs planted in the graph show that they would tell.

mod forms;
mod naive;
mod random;
mod view;
mod walk;
