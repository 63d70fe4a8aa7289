// Refuses a registration and tells the visitor why in the language of the signup pages.
module.exports = function (user, context, cb) {
  const isDenied = user.email.endsWith('@foo.com');

  if (isDenied) {
    const messages = {
      en: 'You cannot register with this e-mail address.',
      es: 'No puedes registrarte con este correo.',
      de: 'Mit dieser E-Mail-Adresse ist keine Registrierung möglich.'
    };
    const shown = messages[context.renderLanguage] || messages.en;

    // The first text is for the tenant's log, the second for the visitor.
    return cb(new PreUserRegistrationError('Refused by the e-mail rule of the registration hook', shown));
  }

  return cb(null, { user });
};
