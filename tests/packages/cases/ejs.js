const ejs = require('ejs');
module.exports = async () => [ejs.render('<% for (const u of users) { %><li><%= u %></li><% } %><%- raw %>', { users: ['a', '<b>'], raw: '<i>' }), (() => { try { ejs.render('<%= nope %>', {}); } catch (error) { return error.name; } })()];
