// The way of HTTP calls out of the engine: handed to the parent whole, answered whole.
module.exports = native;
