//! Points in time as RFC 3339 text in the files of the data folder, so that a person can read them.
//!
//! For `#[serde(with = "moment")]`.

use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de::Error as _, ser::Error as _};

/// Writes the moment as UTC.
pub(super) fn serialize<S: Serializer>(at: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
    let at = Timestamp::try_from(*at).map_err(S::Error::custom)?;
    to.collect_str(&at)
}

/// Reads what [`serialize`] wrote.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
    let text = String::deserialize(from)?;
    text.parse::<Timestamp>()
        .map(SystemTime::from)
        .map_err(D::Error::custom)
}
