//! Which day it is: the only thing that a review has to know of the world.

use std::time::{SystemTime, UNIX_EPOCH};

const SECONDS_A_DAY: u64 = 86_400;

/// Today, in days from 1 January 1970 (UTC); none where the clock stands before that.
#[expect(clippy::disallowed_methods, reason = "a review is due on a day, and only a host may look at the clock")]
pub fn today() -> Option<u32> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u32::try_from(since.as_secs() / SECONDS_A_DAY).ok()
}
