//! What goes wrong in cryptography, in Node's words: its own errors with their codes, and those of OpenSSL.

use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, js_string};

use super::super::load;

/// A fault of a cryptographic operation (words and codes as node 20 with OpenSSL 3 has them).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    /// An `Error` without a code.
    #[error("{0}")]
    Plain(&'static str),
    /// An error of Node's own: class, code and words.
    #[error("{2}")]
    Node(&'static str, &'static str, String),
    /// An error of OpenSSL: its number, library, reason, and Node's code for it.
    #[error("error:{0:08X}:{1}::{2}")]
    OpenSsl(u32, &'static str, &'static str, &'static str),
}

impl Fault {
    pub const BAD_DECRYPT: Self = Self::OpenSsl(
        0x1C80_0064,
        "Provider routines",
        "bad decrypt",
        "ERR_OSSL_BAD_DECRYPT",
    );
    pub const WRONG_FINAL_BLOCK: Self = Self::OpenSsl(
        0x1C80_006B,
        "Provider routines",
        "wrong final block length",
        "ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH",
    );
    /// What is no key at all, or none that OpenSSL or we can read.
    pub const UNSUPPORTED_KEY: Self = Self::OpenSsl(
        0x1E08_010C,
        "DECODER routines",
        "unsupported",
        "ERR_OSSL_UNSUPPORTED",
    );
    pub const NOT_ENOUGH_DATA: Self = Self::OpenSsl(
        0x0680_008E,
        "asn1 encoding routines",
        "not enough data",
        "ERR_OSSL_ASN1_NOT_ENOUGH_DATA",
    );
    pub const PASSPHRASE_NEEDED: Self = Self::OpenSsl(
        0x0788_0109,
        "common libcrypto routines",
        "interrupted or cancelled",
        "ERR_OSSL_CRYPTO_INTERRUPTED_OR_CANCELLED",
    );
    pub const TOO_LARGE_FOR_KEY: Self = Self::OpenSsl(
        0x0200_006E,
        "rsa routines",
        "data too large for key size",
        "ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_KEY_SIZE",
    );
    pub const DIGEST_TOO_BIG: Self = Self::OpenSsl(
        0x0200_0070,
        "rsa routines",
        "digest too big for rsa key",
        "ERR_OSSL_RSA_DIGEST_TOO_BIG_FOR_RSA_KEY",
    );
    pub const OAEP_DECODING: Self = Self::OpenSsl(
        0x0200_0079,
        "rsa routines",
        "oaep decoding error",
        "ERR_OSSL_RSA_OAEP_DECODING_ERROR",
    );
    pub const WRONG_KEY_TYPE: Self = Self::OpenSsl(
        0x0300_0096,
        "digital envelope routines",
        "operation not supported for this keytype",
        "ERR_OSSL_EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE",
    );
    pub const INVALID_DIGEST_FOR_KEY: Self = Self::OpenSsl(
        0x1C80_007A,
        "Provider routines",
        "invalid digest",
        "ERR_OSSL_INVALID_DIGEST",
    );

    pub fn type_error(code: &'static str, message: impl Into<String>) -> Self {
        Self::Node("TypeError", code, message.into())
    }

    pub fn invalid_digest(name: &str) -> Self {
        Self::type_error(
            "ERR_CRYPTO_INVALID_DIGEST",
            format!("Invalid digest: {name}"),
        )
    }

    /// The error that JavaScript catches.
    pub fn thrown(&self, context: &mut Context) -> JsError {
        match self.value(context) {
            Ok(value) => JsError::from_opaque(value),
            Err(error) => error,
        }
    }

    fn value(&self, context: &mut Context) -> JsResult<JsValue> {
        let message = JsValue::from(js_string!(self.to_string()));
        match self {
            Self::Plain(_) | Self::OpenSsl(..) => {
                let error = construct("Error", message, context)?;
                if let Self::OpenSsl(_, library, reason, code) = self {
                    let object = error.to_object(context)?;
                    for (key, value) in [("library", library), ("reason", reason), ("code", code)] {
                        object.set(js_string!(key), js_string!(*value), true, context)?;
                    }
                }
                Ok(error)
            }
            Self::Node(class, code, _) => {
                let errors = load("internal/errors", context)?.to_object(context)?;
                let coded = errors.get(js_string!("coded"), context)?;
                let class = context.global_object().get(js_string!(*class), context)?;
                match coded.as_callable() {
                    Some(coded) => coded.call(
                        &JsValue::undefined(),
                        &[class, js_string!(*code).into(), message],
                        context,
                    ),
                    None => construct("Error", message, context),
                }
            }
        }
    }
}

fn construct(class: &str, message: JsValue, context: &mut Context) -> JsResult<JsValue> {
    let class = context.global_object().get(js_string!(class), context)?;
    match class.as_constructor() {
        Some(class) => Ok(class.construct(&[message], None, context)?.into()),
        None => Err(JsNativeError::error()
            .with_message(message.to_string(context)?.to_std_string_lossy())
            .into()),
    }
}
