// The error classes that a hook finds in its scope. Own properties as the 6.x compilers leave them:
// a name, and for two of them the text that the visitor is shown.
(function () {
  class ExtensibilityUserError extends Error {
    constructor(message) {
      super(message);
      this.name = this.constructor.name;
    }
  }
  class InvalidRequestError extends ExtensibilityUserError {}
  class InvalidScopeError extends ExtensibilityUserError {}
  class ServerError extends ExtensibilityUserError {}
  class PreUserRegistrationError extends ExtensibilityUserError {
    constructor(message, friendlyMessage) {
      super(message);
      this.friendlyMessage = friendlyMessage || message;
    }
  }
  class SendPhoneMessageError extends ExtensibilityUserError {
    constructor(message, friendlyMessage) {
      super(message);
      this.friendlyMessage = friendlyMessage || message;
    }
  }
  return {
    ExtensibilityUserError, InvalidRequestError, InvalidScopeError, ServerError,
    PreUserRegistrationError, SendPhoneMessageError,
  };
})();
