//! A claim is short enough to be decided soon.

use std::ops::Range;

use crate::lesson::claim::predicate::Claim;
use crate::lesson::file::read::desk::Desk;

/// The most conditions in one claim, those of claims in it among them.
const MOST_CONDITIONS: usize = 64;

/// Whether a claim has few enough conditions; complains if it has too many.
pub fn is_short(claim: &Claim, place: &Range<usize>, desk: &mut Desk<'_>) -> bool {
    let count = claim.count();
    if count > MOST_CONDITIONS {
        let message = format!("a claim has at most {MOST_CONDITIONS} conditions, and this one {count}");
        desk.fault(place, message, "claim less, or make several pages of it");
    }
    count <= MOST_CONDITIONS
}
