//! Which day it is: the only thing that a review has to know of the world.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;

/// The day that it is by now, for a session that began on a day; none for one that knows no days.
pub fn later(began: Option<u32>) -> Option<u32> {
    began.map(|day| today().map_or(day, |now| now.max(day)))
}

/// Today, in days from 1 January 1970 (UTC); none where the clock stands before that.
#[expect(clippy::disallowed_methods, reason = "a review is due on a day, and only a host may look at the clock")]
pub fn today() -> Option<u32> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u32::try_from(since.as_secs() / SECONDS_A_DAY).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_of_yesterday_learns_that_it_is_today() {
        let today = today().unwrap();
        assert!(later(Some(today - 1)) >= Some(today));
        assert_eq!(later(Some(today + 100)), Some(today + 100), "a clock that was set back takes no day away");
        assert_eq!(later(None), None, "a script finds the same lesson on every day");
    }
}
