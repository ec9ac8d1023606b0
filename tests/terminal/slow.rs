//! A slow line: what is seen is never long past, a line that stands still fills with little, and nothing arrives late.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::program::{LONG, PROGRAM, RIGHT};
use crate::pty::{Manner, Terminal, is_long, now, said, until};

/// Faster than any line.
const FREE: u32 = 100_000_000;

/// A run that plays as fast as it can, in a terminal that answers, with a line whose speed can be set.
fn playing() -> (Terminal, Arc<AtomicU32>) {
    let rate = Arc::new(AtomicU32::new(FREE));
    let manner = Manner { answers: true, rate: Some(Arc::clone(&rate)), ..Manner::default() };
    let command = ["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", LONG];
    let mut terminal = Terminal::that(manner, &command, 80, 24);
    terminal.shows("Start: x =");
    terminal.types(">>>> ");
    terminal.shows("playing, pace 6 of 6");
    (terminal, rate)
}

#[test]
fn a_pause_is_seen_soon_over_a_slow_line() {
    // 9,600 and 56,000 baud, in bytes; with ten bits a byte as on a serial line, and eight as on a modem's.
    for (rate, most) in [(960, 3000), (7000, 600)] {
        for _ in 0..if is_long() { 5 } else { 1 } {
            let (mut terminal, line) = playing();
            line.store(rate, Ordering::SeqCst);
            std::thread::sleep(Duration::from_secs(4));
            terminal.types(" ");
            let pressed = now();
            until("the pause", || !terminal.text().contains("playing"));
            let took = pressed.elapsed();
            line.store(FREE, Ordering::SeqCst);
            terminal.types("\x03");
            terminal.ends_well(0);
            assert!(took < Duration::from_millis(most), "{rate} bytes a second: {took:?}");
        }
    }
}

/// As when a laptop is closed: 30 seconds, or a few where nobody asks for all of them.
#[test]
fn a_line_that_stands_still_fills_with_little() {
    let (mut terminal, line) = playing();
    std::thread::sleep(Duration::from_millis(500));
    line.store(0, Ordering::SeqCst);
    let written = || said(terminal.id(), "io", "wchar");
    let before = written();
    std::thread::sleep(Duration::from_secs(if is_long() { 30 } else { 6 }));
    if let (Some(before), Some(after)) = (before, written()) {
        assert!(after - before <= 16 << 10, "{} bytes for nobody", after - before);
    }
    line.store(FREE, Ordering::SeqCst);
    let bytes = terminal.bytes();
    until("it goes on", || terminal.bytes() > bytes + 10_000);
    terminal.types(" ");
    until("the pause", || !terminal.text().contains("playing"));
    terminal.types("\x03");
    terminal.ends_well(0);
}

/// Also while not one byte more can be written, signals are heard and the program ends.
#[test]
fn a_terminal_that_reads_nothing_stops_no_signal() {
    let rate = Arc::new(AtomicU32::new(FREE));
    let manner = Manner { rate: Some(Arc::clone(&rate)), ..Manner::default() };
    let command = ["/usr/bin/env", "LC_ALL=C.UTF-8", PROGRAM, "learn", LONG];
    let mut terminal = Terminal::that(manner, &command, 200, 60);
    terminal.shows("Start: x =");
    terminal.types(">>>> ");
    terminal.shows("playing, pace 6 of 6");
    rate.store(0, Ordering::SeqCst);
    std::thread::sleep(Duration::from_secs(2));
    let asked = now();
    terminal.signal("TERM");
    assert_eq!(terminal.ends().exit_code(), 143);
    assert!(asked.elapsed() < Duration::from_secs(6), "{:?}", asked.elapsed());
    rate.store(FREE, Ordering::SeqCst);
    until("the terminal as it was", || terminal.is_as_before());
}

/// What a slow terminal answers when the program is gone would be read by the shell.
#[test]
fn late_answers_do_not_land_in_the_line_of_the_shell() {
    let late = |round: u32| {
        let delay = Duration::from_millis(u64::from(37 * round % 700));
        let manner = Manner { answers: true, delay, ..Manner::default() };
        let line = format!("LC_ALL=C.UTF-8 {PROGRAM} learn backtracking; echo over; sleep 1; echo all");
        let mut terminal = Terminal::that(manner, &["/bin/bash", "-c", &line], 80, 24);
        terminal.shows("Start: x =");
        terminal.types(&RIGHT.repeat(round as usize % 4));
        std::thread::sleep(Duration::from_millis(u64::from(round * 90 % 1300)));
        terminal.types("?q\x03");
        terminal.shows("over");
        terminal.shows("all");
        assert!(!terminal.text().contains("[0n"), "after {delay:?}\n{}", terminal.text());
        terminal.ends_well(0);
    };
    std::thread::scope(|scope| {
        let plays: Vec<_> = (0..20).map(|round| scope.spawn(move || late(round))).collect();
        for play in plays {
            play.join().unwrap();
        }
    });
}
