//! The worker's way to its parent: events and questions out over the pipe, answers in from it.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::bounds::{self, Bounds};
use super::memory::Allocator;
use super::protocol::{Order, Word, write_frame};
use crate::engine::Event;
use crate::engine::outside::{Incoming, ModuleAnswer, ModuleAsk, Outside};

/// The parent, as the engine's thread reaches it.
pub struct Parent<'a> {
    orders: &'a Receiver<Order>,
    allocator: &'static Allocator,
    bounds: Bounds,
    /// Most bytes of heap that were held when something was told.
    most_seen: usize,
    /// What came while the run waited for something else.
    waiting: VecDeque<Incoming>,
}

impl<'a> Parent<'a> {
    /// The parent behind a channel of its orders; the allocator holds the run's limit.
    pub fn new(orders: &'a Receiver<Order>, allocator: &'static Allocator) -> Self {
        Self {
            orders,
            allocator,
            bounds: Bounds::default(),
            most_seen: 0,
            waiting: VecDeque::new(),
        }
    }

    /// Most bytes of heap that were held when the run told something.
    pub fn most_seen(&self) -> usize {
        self.most_seen
    }
}

impl Outside for Parent<'_> {
    fn tell(&mut self, event: Event) {
        self.most_seen = self.most_seen.max(self.allocator.allocated());
        let call = match &event {
            Event::Request(call) => Some(call.id),
            _ => None,
        };
        let mut told = false;
        self.bounds.pass(event, &mut |event| {
            told = true;
            say(&Word::Event(event));
        });
        // Nobody will answer a call that is past the bounds: the code hears so instead of waiting.
        if let Some(id) = call.filter(|_| !told) {
            self.waiting.push_back(Incoming::Http {
                id,
                end: Err(bounds::too_many_calls()),
            });
        }
    }

    fn module(&mut self, ask: &ModuleAsk) -> ModuleAnswer {
        say(&Word::Ask(ask.clone()));
        loop {
            match self.orders.recv() {
                Ok(Order::Module(answer)) => return answer,
                Ok(Order::Incoming(incoming)) => self.waiting.push_back(incoming),
                Ok(Order::Run { .. } | Order::Prepare(_) | Order::Nothing) => {}
                // The parent is gone; the other thread ends the process.
                Err(_) => {
                    return ModuleAnswer::Missing {
                        message: "the parent is gone".to_owned(),
                    };
                }
            }
        }
    }

    fn uses(&mut self, bytes: usize) {
        // The limit was counted from what stood ready: now it is as if the run had compiled this itself.
        let limit = self.allocator.limit().saturating_sub(bytes);
        // Refused where more is held than that: the next byte is then the one too many.
        if self.allocator.set_limit(limit).is_err() {
            let _ = self.allocator.set_limit(self.allocator.allocated());
        }
    }

    fn receive(&mut self, wait: Option<Duration>) -> Option<Incoming> {
        if let Some(incoming) = self.waiting.pop_front() {
            return Some(incoming);
        }
        loop {
            let order = match wait {
                Some(wait) => self.orders.recv_timeout(wait),
                None => self
                    .orders
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
            };
            match order {
                Ok(Order::Incoming(incoming)) => return Some(incoming),
                // Nobody waits for these now.
                Ok(Order::Module(_) | Order::Run { .. } | Order::Prepare(_) | Order::Nothing) => {}
                Err(_) => return None,
            }
        }
    }
}

/// Says a word; a parent that no longer listens has ended, and so does this process.
pub fn say(word: &Word) {
    if write_frame(&mut io::stdout().lock(), word).is_err() {
        std::process::exit(0);
    }
}
