//! Going through runs: the cursor, long work, and what was seen.

pub mod basin_grid;
pub mod basins;
pub mod cursor;
pub mod long_run;
pub mod scene;
pub mod stepping;
pub mod visible;
pub mod work_progress;
