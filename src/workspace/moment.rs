//! Points in time as RFC 3339 text in the files of the data folder, so that a person can read them.

use std::time::SystemTime;

use jiff::{Timestamp, Zoned, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serializer, de::Error as _, ser::Error as _};

/// `#[serde(with = "moment::system_time")]`.
pub(super) mod system_time {
    use super::*;

    /// Writes the moment as UTC.
    pub fn serialize<S: Serializer>(at: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
        let at = Timestamp::try_from(*at).map_err(S::Error::custom)?;
        to.collect_str(&at)
    }

    /// Reads what [`serialize`] wrote.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
        read(from).map(SystemTime::from)
    }
}

/// `#[serde(with = "moment::zoned")]`.
pub(super) mod zoned {
    use super::*;

    /// Writes the moment as UTC: a history that moves with its user shows the time of the place they are in.
    pub fn serialize<S: Serializer>(at: &Zoned, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&at.timestamp())
    }

    /// Reads what [`serialize`] wrote, in the system's time zone.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Zoned, D::Error> {
        read(from).map(|at| at.to_zoned(TimeZone::system()))
    }
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(D::Error::custom)
}
