//! What is known of names that no payload holds: the callback's company, `api`, the console, Node's everyday objects.
//!
//! Sources: Auth0's documentation of Hooks and Actions, the Node.js and MDN references; in our own words.

use crate::auth0::{Kind, Point};

/// One documented name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Doc {
    /// Dotted; of a module's exports `module:name.export`, of what every text or list has `string.` and `array.`.
    pub path: &'static str,
    /// A type such as `object`, or of a function its parameters in parentheses.
    pub kind: &'static str,
    /// One sentence.
    pub text: &'static str,
}

impl Doc {
    /// Whether it can be called.
    pub fn is_function(&self) -> bool {
        self.kind.starts_with('(')
    }

    /// The last name of the path.
    pub fn name(&self) -> &'static str {
        self.path.rsplit(['.', ':']).next().unwrap_or(self.path)
    }
}

const fn d(path: &'static str, kind: &'static str, text: &'static str) -> Doc {
    Doc { path, kind, text }
}

/// `api`, at the triggers of [`api_of`].
const API: &[Doc] = &[
    d("api.access", "object", "Lets in or keeps out."),
    d(
        "api.access.deny",
        "(reason, userMessage)",
        "Denies the registration: the reason is for the tenant log, the message for the visitor.",
    ),
    d(
        "api.validation",
        "object",
        "Refuses what the visitor typed.",
    ),
    d(
        "api.validation.error",
        "(errorCode, errorMessage)",
        "Shows a validation error to the visitor; each text has at most 100 characters.",
    ),
    d("api.user", "object", "Changes the user."),
    d(
        "api.user.setAppMetadata",
        "(key, value)",
        "Sets a property of app_metadata; null removes it. Written once, at the end.",
    ),
    d(
        "api.user.setUserMetadata",
        "(key, value)",
        "Sets a property of user_metadata; null removes it. Written once, at the end.",
    ),
    d("api.accessToken", "object", "Changes the access token."),
    d(
        "api.accessToken.setCustomClaim",
        "(name, value)",
        "Puts a claim into the access token; scope is refused, and so are the claims that Auth0 sets itself.",
    ),
    d(
        "api.transaction",
        "object",
        "Changes the scopes that are about to be granted.",
    ),
    d(
        "api.transaction.addTargetScope",
        "(scope)",
        "Grants a scope besides.",
    ),
    d(
        "api.transaction.removeTargetScope",
        "(scope)",
        "Does not grant a scope.",
    ),
    d(
        "api.transaction.setTargetScopes",
        "(scopes)",
        "Grants these scopes and no others.",
    ),
    d(
        "api.transaction.clearTargetScopes",
        "()",
        "Grants no scopes.",
    ),
    d(
        "api.cache",
        "object",
        "Texts that are kept between runs for at most 15 minutes.",
    ),
    d(
        "api.cache.get",
        "(key)",
        "The record with value and expires_at, or undefined.",
    ),
    d(
        "api.cache.set",
        "(key, value, options?)",
        "Keeps a text: keys up to 64 bytes, values up to 4,096; options are ttl and expires_at in milliseconds.",
    ),
    d("api.cache.delete", "(key)", "Forgets a text."),
];

/// `event` at the triggers whose event has the property.
const EVENT: &[Doc] = &[
    d("event.user", "object", "the person"),
    d("event.user.email", "string", "e-mail address"),
    d(
        "event.user.username",
        "string",
        "user name, where the connection asks for one",
    ),
    d(
        "event.user.user_id",
        "string",
        "the user's id, auth0| and the rest",
    ),
    d("event.user.phone_number", "string", "phone number"),
    d("event.user.given_name", "string", "first name"),
    d("event.user.family_name", "string", "last name"),
    d("event.user.name", "string", "full name"),
    d("event.user.nickname", "string", "nickname"),
    d("event.user.picture", "string", "address of the picture"),
    d(
        "event.user.email_verified",
        "boolean",
        "whether the e-mail address is confirmed",
    ),
    d(
        "event.user.phone_verified",
        "boolean",
        "whether the phone number is confirmed",
    ),
    d(
        "event.user.created_at",
        "string",
        "when the user was created, ISO 8601",
    ),
    d(
        "event.user.updated_at",
        "string",
        "when the user was last changed, ISO 8601",
    ),
    d(
        "event.user.last_password_reset",
        "string",
        "when the password was last changed, ISO 8601",
    ),
    d(
        "event.user.app_metadata",
        "object",
        "metadata only the application may change",
    ),
    d(
        "event.user.user_metadata",
        "object",
        "metadata the person may change",
    ),
    d("event.secrets", "object", "the Action's secrets by name"),
    d(
        "event.configuration",
        "object",
        "the Action's configuration by name",
    ),
    d("event.request", "object", "the request that started this"),
    d(
        "event.request.ip",
        "string",
        "address the request came from",
    ),
    d(
        "event.request.language",
        "string",
        "language of the browser",
    ),
    d(
        "event.request.user_agent",
        "string",
        "the visitor's user agent",
    ),
    d(
        "event.request.hostname",
        "string",
        "the tenant's host the request went to",
    ),
    d("event.request.method", "string", "HTTP method"),
    d("event.request.body", "object", "the request's body"),
    d(
        "event.request.geoip",
        "object",
        "where the address is, as far as it is known",
    ),
    d(
        "event.request.geoip.countryCode",
        "string",
        "country, two letters",
    ),
    d("event.request.geoip.cityName", "string", "city"),
    d(
        "event.connection",
        "object",
        "the connection the person signs up or in with",
    ),
    d(
        "event.connection.id",
        "string",
        "the connection's id, con_ and 16 characters",
    ),
    d(
        "event.connection.name",
        "string",
        "the connection's name in the dashboard",
    ),
    d(
        "event.connection.strategy",
        "string",
        "the connection's type, such as auth0",
    ),
    d(
        "event.connection.metadata",
        "object",
        "the connection's metadata",
    ),
    d("event.client", "object", "the application"),
    d(
        "event.client.client_id",
        "string",
        "the application's client id",
    ),
    d("event.client.name", "string", "the application's name"),
    d(
        "event.client.metadata",
        "object",
        "the application's metadata",
    ),
    d("event.tenant", "object", "the tenant"),
    d("event.tenant.id", "string", "name of the tenant"),
    d("event.transaction", "object", "the login this is part of"),
    d(
        "event.transaction.protocol",
        "string",
        "such as oidc-basic-profile",
    ),
    d(
        "event.transaction.locale",
        "string",
        "language of the pages",
    ),
    d(
        "event.transaction.requested_scopes",
        "string[]",
        "the scopes that were asked for",
    ),
    d(
        "event.transaction.ui_locales",
        "string[]",
        "languages the application asked for",
    ),
    d("event.organization", "object", "the organization"),
    d(
        "event.resource_server",
        "object",
        "the API the token is for",
    ),
    d(
        "event.resource_server.identifier",
        "string",
        "identifier of the API the token is for",
    ),
    d(
        "event.accessToken",
        "object",
        "the token about to be issued",
    ),
    d(
        "event.accessToken.scope",
        "string[]",
        "the scopes about to be granted",
    ),
    d(
        "event.accessToken.customClaims",
        "object",
        "claims set by earlier Actions",
    ),
    d(
        "event.message_options",
        "object",
        "the message about to be sent",
    ),
    d(
        "event.message_options.recipient",
        "string",
        "phone number to send to",
    ),
    d("event.message_options.text", "string", "the message"),
    d(
        "event.message_options.code",
        "string",
        "the one-time code in the message",
    ),
    d(
        "event.message_options.message_type",
        "string",
        "sms or voice",
    ),
    d(
        "event.message_options.action",
        "string",
        "enrollment or second-factor-authentication",
    ),
];

/// What the sandbox hands to every hook beside the payload.
const WEBTASK: &[Doc] = &[
    d(
        "context.webtask.data",
        "object",
        "secrets, query and body in one object",
    ),
    d("context.webtask.params", "object", "the same as data"),
    d(
        "context.webtask.query",
        "object",
        "query of the request to the sandbox",
    ),
    d(
        "context.webtask.headers",
        "object",
        "headers of the request to the sandbox",
    ),
    d(
        "context.webtask.meta",
        "object",
        "the script's own metadata",
    ),
    d(
        "context.webtask.body",
        "object",
        "the request's body as it was sent",
    ),
    d("context.webtask.token", "string", "the sandbox's token"),
    d(
        "context.webtask.storage",
        "object",
        "a document kept between runs",
    ),
    d(
        "context.webtask.storage.get",
        "(callback)",
        "Reads the document: callback(error, data).",
    ),
    d(
        "context.webtask.storage.set",
        "(data, options?, callback)",
        "Writes the document; a conflict is error.code 409 unless options.force is set.",
    ),
];

/// Names that every script has.
const GLOBALS: &[Doc] = &[
    d("console", "object", "Writes to the log."),
    d("console.log", "(...values)", "Writes a line to the log."),
    d("console.info", "(...values)", "Writes a line to the log."),
    d(
        "console.warn",
        "(...values)",
        "Writes a warning to the log.",
    ),
    d(
        "console.error",
        "(...values)",
        "Writes an error to the log.",
    ),
    d(
        "console.debug",
        "(...values)",
        "Writes a line for finding faults to the log.",
    ),
    d(
        "console.dir",
        "(value, options?)",
        "Writes a value to the log, with options.depth levels of it.",
    ),
    d(
        "console.table",
        "(rows)",
        "Writes rows to the log as a table.",
    ),
    d(
        "console.time",
        "(label?)",
        "Starts a timer; timeEnd tells how long it ran.",
    ),
    d(
        "console.timeEnd",
        "(label?)",
        "Ends a timer and writes its time to the log.",
    ),
    d(
        "require",
        "(name)",
        "Loads a module: of Node, installed, or a file beside the script.",
    ),
    d("module", "object", "This script as a module."),
    d(
        "module.exports",
        "any",
        "What the script hands to Auth0: the hook.",
    ),
    d(
        "exports",
        "object",
        "The same object as module.exports at the start; an Action's handlers are put here.",
    ),
    d(
        "process",
        "object",
        "The made-up process of the sandbox: no environment of this machine.",
    ),
    d(
        "process.env",
        "object",
        "Empty but for what the sandbox sets.",
    ),
    d(
        "process.nextTick",
        "(callback, ...args)",
        "Calls back before anything else that waits.",
    ),
    d(
        "process.version",
        "string",
        "Node's version, such as v22.0.0.",
    ),
    d(
        "process.hrtime",
        "(earlier?)",
        "A precise time as seconds and nanoseconds.",
    ),
    d("Buffer", "class", "Bytes."),
    d(
        "Buffer.from",
        "(text, encoding?)",
        "Bytes of a text: utf8, base64, base64url, hex, latin1.",
    ),
    d("Buffer.alloc", "(size, fill?)", "So many bytes of zero."),
    d("Buffer.concat", "(list)", "Several buffers as one."),
    d(
        "Buffer.byteLength",
        "(text, encoding?)",
        "How many bytes a text has.",
    ),
    d("JSON", "object", "JSON text."),
    d(
        "JSON.parse",
        "(text, reviver?)",
        "The value of a JSON text; throws a SyntaxError where it is none.",
    ),
    d(
        "JSON.stringify",
        "(value, replacer?, indent?)",
        "A value as JSON text.",
    ),
    d("Object", "class", "Objects."),
    d(
        "Object.assign",
        "(target, ...sources)",
        "Copies properties into target and hands it back.",
    ),
    d("Object.keys", "(object)", "The names of its properties."),
    d("Object.values", "(object)", "The values of its properties."),
    d(
        "Object.entries",
        "(object)",
        "Its properties as [name, value].",
    ),
    d(
        "Object.fromEntries",
        "(entries)",
        "An object of [name, value] pairs.",
    ),
    d("Object.freeze", "(object)", "Allows no more changes."),
    d("Array", "class", "Lists."),
    d("Array.isArray", "(value)", "Whether it is a list."),
    d(
        "Array.from",
        "(items, map?)",
        "A list of what can be iterated.",
    ),
    d("Math", "object", "Mathematics."),
    d("Math.floor", "(number)", "Rounded down."),
    d("Math.round", "(number)", "Rounded to the nearest."),
    d("Math.max", "(...numbers)", "The largest."),
    d("Math.min", "(...numbers)", "The smallest."),
    d("Math.random", "()", "A number from 0 up to 1."),
    d("Number", "class", "Numbers."),
    d(
        "Number.isInteger",
        "(value)",
        "Whether it is a whole number.",
    ),
    d(
        "Number.parseInt",
        "(text, radix?)",
        "The whole number a text begins with.",
    ),
    d("String", "class", "Texts."),
    d("Boolean", "class", "true or false."),
    d("Date", "class", "Points in time."),
    d("Date.now", "()", "Milliseconds since 1970."),
    d(
        "Date.parse",
        "(text)",
        "Milliseconds since 1970 of a date's text.",
    ),
    d("RegExp", "class", "Regular expressions."),
    d("Map", "class", "Values by keys of any kind."),
    d("Set", "class", "Each value once."),
    d("Promise", "class", "A value that comes later."),
    d(
        "Promise.all",
        "(promises)",
        "All values, or the first failure.",
    ),
    d(
        "Promise.allSettled",
        "(promises)",
        "How each of them ended.",
    ),
    d("Promise.race", "(promises)", "The first that ends."),
    d("Promise.resolve", "(value)", "A promise of this value."),
    d("Promise.reject", "(error)", "A promise that has failed."),
    d("Error", "class", "An error: new Error(message, { cause })."),
    d("TypeError", "class", "A value of the wrong kind."),
    d("RangeError", "class", "A value out of its range."),
    d(
        "SyntaxError",
        "class",
        "A text that is not what it should be.",
    ),
    d("URL", "class", "An address taken apart."),
    d("URLSearchParams", "class", "A query: name=value&…"),
    d(
        "fetch",
        "(url, options?)",
        "Sends an HTTP request; a promise of the response.",
    ),
    d(
        "AbortController",
        "class",
        "Gives up what was started with its signal.",
    ),
    d(
        "setTimeout",
        "(callback, milliseconds, ...args)",
        "Calls back later, once.",
    ),
    d("clearTimeout", "(timer)", "Takes a timer back."),
    d(
        "setInterval",
        "(callback, milliseconds, ...args)",
        "Calls back again and again.",
    ),
    d("clearInterval", "(timer)", "Ends an interval."),
    d(
        "setImmediate",
        "(callback, ...args)",
        "Calls back after what is waiting now.",
    ),
    d(
        "queueMicrotask",
        "(callback)",
        "Calls back as soon as this code is done.",
    ),
    d("structuredClone", "(value)", "A deep copy."),
    d(
        "parseInt",
        "(text, radix?)",
        "The whole number a text begins with.",
    ),
    d("parseFloat", "(text)", "The number a text begins with."),
    d("isNaN", "(value)", "Whether it is no number."),
    d(
        "encodeURIComponent",
        "(text)",
        "A text as part of an address.",
    ),
    d(
        "decodeURIComponent",
        "(text)",
        "The text that a part of an address stands for.",
    ),
    d("undefined", "undefined", "No value."),
];

/// What every text has.
const STRING: &[Doc] = &[
    d("string.length", "number", "How many UTF-16 units it has."),
    d(
        "string.at",
        "(index)",
        "The unit at a place; negative ones count from the end.",
    ),
    d("string.charAt", "(index)", "The unit at a place."),
    d(
        "string.concat",
        "(...texts)",
        "This text and others after it.",
    ),
    d("string.endsWith", "(text)", "Whether it ends so."),
    d("string.includes", "(text)", "Whether it has this in it."),
    d(
        "string.indexOf",
        "(text, from?)",
        "Where this stands first, or -1.",
    ),
    d(
        "string.lastIndexOf",
        "(text)",
        "Where this stands last, or -1.",
    ),
    d(
        "string.match",
        "(pattern)",
        "What the pattern finds, or null.",
    ),
    d(
        "string.matchAll",
        "(pattern)",
        "Everything a pattern with g finds.",
    ),
    d(
        "string.normalize",
        "(form?)",
        "Its Unicode form NFC, NFD, NFKC or NFKD.",
    ),
    d("string.padEnd", "(length, fill?)", "Filled up at the end."),
    d(
        "string.padStart",
        "(length, fill?)",
        "Filled up at the start.",
    ),
    d("string.repeat", "(count)", "Several times in a row."),
    d(
        "string.replace",
        "(pattern, text)",
        "With the first match replaced; all with g.",
    ),
    d(
        "string.replaceAll",
        "(pattern, text)",
        "With every match replaced.",
    ),
    d(
        "string.search",
        "(pattern)",
        "Where the pattern matches first, or -1.",
    ),
    d(
        "string.slice",
        "(start, end?)",
        "A part of it; negative places count from the end.",
    ),
    d(
        "string.split",
        "(separator, most?)",
        "The parts between separators.",
    ),
    d("string.startsWith", "(text)", "Whether it begins so."),
    d("string.substring", "(start, end?)", "A part of it."),
    d("string.toLowerCase", "()", "In small letters."),
    d("string.toUpperCase", "()", "In capitals."),
    d("string.trim", "()", "Without white space at both ends."),
    d("string.trimEnd", "()", "Without white space at the end."),
    d(
        "string.trimStart",
        "()",
        "Without white space at the start.",
    ),
];

/// What every list has.
const ARRAY: &[Doc] = &[
    d("array.length", "number", "How many items it has."),
    d(
        "array.at",
        "(index)",
        "The item at a place; negative ones count from the end.",
    ),
    d(
        "array.concat",
        "(...lists)",
        "This list and others after it.",
    ),
    d("array.every", "(test)", "Whether all items pass."),
    d("array.filter", "(test)", "The items that pass."),
    d("array.find", "(test)", "The first item that passes."),
    d(
        "array.findIndex",
        "(test)",
        "Where the first item stands that passes, or -1.",
    ),
    d(
        "array.flat",
        "(depth?)",
        "With the lists in it taken apart.",
    ),
    d("array.flatMap", "(map)", "map and then flat."),
    d("array.forEach", "(callback)", "Calls back with each item."),
    d("array.includes", "(item)", "Whether the item is in it."),
    d(
        "array.indexOf",
        "(item)",
        "Where the item stands first, or -1.",
    ),
    d("array.join", "(separator?)", "The items as one text."),
    d("array.map", "(map)", "What becomes of each item."),
    d("array.pop", "()", "Takes the last item out."),
    d("array.push", "(...items)", "Puts items at the end."),
    d(
        "array.reduce",
        "(callback, start?)",
        "One value of all items.",
    ),
    d("array.reverse", "()", "Turns the order round."),
    d("array.shift", "()", "Takes the first item out."),
    d("array.slice", "(start, end?)", "A part of it."),
    d("array.some", "(test)", "Whether one item passes."),
    d(
        "array.sort",
        "(compare?)",
        "Sorts it; as texts without compare.",
    ),
    d(
        "array.splice",
        "(start, count, ...items)",
        "Takes items out and puts others in.",
    ),
    d("array.unshift", "(...items)", "Puts items at the start."),
];

/// The exports of modules that hooks use.
const MODULES: &[Doc] = &[
    d(
        "axios:get",
        "(url, options?)",
        "Sends a GET; a promise of the response with data and status.",
    ),
    d(
        "axios:post",
        "(url, data?, options?)",
        "Sends a POST; a promise of the response with data and status.",
    ),
    d("axios:put", "(url, data?, options?)", "Sends a PUT."),
    d("axios:patch", "(url, data?, options?)", "Sends a PATCH."),
    d("axios:delete", "(url, options?)", "Sends a DELETE."),
    d(
        "axios:request",
        "(options)",
        "Sends what options say: method, url, headers, data.",
    ),
    d(
        "axios:create",
        "(defaults)",
        "An axios with defaults such as baseURL.",
    ),
    d(
        "request:get",
        "(options, callback)",
        "Sends a GET: callback(error, response, body).",
    ),
    d(
        "request:post",
        "(options, callback)",
        "Sends a POST: callback(error, response, body).",
    ),
    d(
        "request:put",
        "(options, callback)",
        "Sends a PUT: callback(error, response, body).",
    ),
    d(
        "request:delete",
        "(options, callback)",
        "Sends a DELETE: callback(error, response, body).",
    ),
    d(
        "crypto:createHash",
        "(algorithm)",
        "A hash such as sha256: update(data), digest('hex').",
    ),
    d(
        "crypto:createHmac",
        "(algorithm, key)",
        "A keyed hash: update(data), digest('hex').",
    ),
    d("crypto:randomBytes", "(size)", "Random bytes."),
    d("crypto:randomUUID", "()", "A random UUID."),
    d(
        "crypto:randomInt",
        "(max)",
        "A random whole number under max.",
    ),
    d(
        "crypto:timingSafeEqual",
        "(a, b)",
        "Whether two buffers are equal, in constant time.",
    ),
    d(
        "crypto:createSign",
        "(algorithm)",
        "Signs: update(data), sign(privateKey).",
    ),
    d(
        "crypto:createVerify",
        "(algorithm)",
        "Verifies: update(data), verify(publicKey, signature).",
    ),
    d(
        "crypto:pbkdf2Sync",
        "(password, salt, iterations, length, digest)",
        "A key from a password.",
    ),
    d(
        "crypto:scryptSync",
        "(password, salt, length)",
        "A key from a password.",
    ),
    d(
        "https:request",
        "(url, options?, callback?)",
        "Begins an HTTPS request: write the body, then end().",
    ),
    d(
        "https:get",
        "(url, options?, callback?)",
        "Sends a GET: callback(response).",
    ),
    d("https:Agent", "class", "Keeps connections."),
    d(
        "http:request",
        "(url, options?, callback?)",
        "Begins an HTTP request: write the body, then end().",
    ),
    d(
        "http:get",
        "(url, options?, callback?)",
        "Sends a GET: callback(response).",
    ),
    d("url:URL", "class", "An address taken apart."),
    d(
        "url:parse",
        "(text, query?)",
        "An address taken apart, the old way.",
    ),
    d("url:format", "(parts)", "An address put together."),
    d("querystring:parse", "(text)", "The object of a query."),
    d(
        "querystring:stringify",
        "(object)",
        "The query of an object.",
    ),
    d(
        "util:promisify",
        "(function)",
        "A function that hands back a promise instead of calling back.",
    ),
    d(
        "util:inspect",
        "(value, options?)",
        "A value as the console shows it.",
    ),
    d(
        "util:format",
        "(format, ...values)",
        "A text with %s, %d, %j filled in.",
    ),
    d(
        "util:isDeepStrictEqual",
        "(a, b)",
        "Whether two values are equal all the way down.",
    ),
    d("path:join", "(...parts)", "Parts as one path."),
    d(
        "path:basename",
        "(path, suffix?)",
        "The last part of a path.",
    ),
    d(
        "path:extname",
        "(path)",
        "The extension with its full stop.",
    ),
    d(
        "events:EventEmitter",
        "class",
        "Something others listen to.",
    ),
    d(
        "slack-notify:send",
        "(message)",
        "Sends a message: text, channel, username, icon_emoji.",
    ),
    d(
        "slack-notify:success",
        "(message)",
        "Sends a message of the level success.",
    ),
    d(
        "slack-notify:alert",
        "(message)",
        "Sends a message of the level alert.",
    ),
    d(
        "slack-notify:note",
        "(message)",
        "Sends a message of the level note.",
    ),
    d(
        "slack-notify:bug",
        "(message)",
        "Sends a message of the level bug.",
    ),
    d(
        "slack-notify:extend",
        "(defaults)",
        "A function that sends messages with these defaults.",
    ),
    d(
        "@slack/webhook:IncomingWebhook",
        "class",
        "Sends to one address of Slack: send({ text }).",
    ),
];

/// The error classes of the points.
const ERRORS: &[Doc] = &[
    d(
        "PreUserRegistrationError",
        "(logMessage, userMessage?)",
        "Denies the registration: the first text for the tenant log, the second for the visitor; also an object of texts by language.",
    ),
    d(
        "InvalidScopeError",
        "(message)",
        "Refuses the token with invalid_scope, status 400.",
    ),
    d(
        "InvalidRequestError",
        "(message)",
        "Refuses the token with invalid_request, status 400.",
    ),
    d(
        "ServerError",
        "(message)",
        "Refuses the token with server_error, status 400.",
    ),
    d(
        "SendPhoneMessageError",
        "(message)",
        "Says that the message was not sent.",
    ),
    d(
        "ExtensibilityUserError",
        "(message)",
        "An error whose text reaches the visitor.",
    ),
];

/// What `api` has at a trigger, by the first names behind it.
fn api_of(point: Point) -> &'static [&'static str] {
    match point {
        Point::PreUserRegistration => &["access", "validation", "user", "cache"],
        Point::CredentialsExchange => &["access", "accessToken", "transaction", "cache"],
        _ => &["cache"],
    }
}

/// Everything documented for a script of this kind at `point`.
pub(super) fn all(point: Point, kind: Kind) -> impl Iterator<Item = Doc> {
    let api = API.iter().filter(move |doc| {
        let first = doc.path.split('.').nth(1).unwrap_or_default();
        kind == Kind::Action && api_of(point).contains(&first)
    });
    let deny = move |doc: &Doc| {
        if doc.path == "api.access.deny" && point == Point::CredentialsExchange {
            d(
                doc.path,
                "(code, reason?)",
                "Refuses the token; code is invalid_scope, invalid_request or server_error.",
            )
        } else {
            *doc
        }
    };
    let payload = point
        .parameters()
        .iter()
        .map(|one| d(one.path, one.kind, one.text));
    let of_kind = |wanted: Kind| move |_: &Doc| kind == wanted;
    let errors = ERRORS
        .iter()
        .filter(move |doc| kind == Kind::Hook && point.error_classes().contains(&doc.path));
    payload
        .filter(of_kind(Kind::Hook))
        .chain(
            WEBTASK
                .iter()
                .copied()
                .filter(move |_| kind == Kind::Hook && point != Point::Generic),
        )
        .chain(EVENT.iter().copied().filter(of_kind(Kind::Action)))
        .chain(api.map(deny))
        .chain(errors.copied())
        .chain(
            [GLOBALS, STRING, ARRAY, MODULES]
                .into_iter()
                .flatten()
                .copied(),
        )
}

/// What is documented under a path.
pub(super) fn of(point: Point, kind: Kind, path: &str) -> Option<Doc> {
    all(point, kind).find(|doc| doc.path == path)
}

/// What is documented right below a path, which ends in `.` or `:`.
pub(super) fn below(point: Point, kind: Kind, path: &str) -> impl Iterator<Item = Doc> {
    all(point, kind).filter(move |doc| {
        doc.path
            .strip_prefix(path)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(['.', ':']))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_path_stands_once_and_below_one_that_is_known() {
        for point in Point::ALL {
            for kind in [Kind::Hook, Kind::Action] {
                let mut seen = HashSet::new();
                let known: HashSet<_> = all(point, kind).map(|doc| doc.path).collect();
                for doc in all(point, kind) {
                    assert!(seen.insert(doc.path), "{}", doc.path);
                    let parent = doc.path.rsplit_once('.').map(|(parent, _)| parent);
                    let open = ["string", "array", "event", "api"];
                    if let Some(parent) = parent.filter(|parent| !open.contains(parent))
                        && !doc.path.contains(':')
                    {
                        assert!(known.contains(parent), "{point:?} {parent}");
                    }
                }
            }
        }
    }
}
