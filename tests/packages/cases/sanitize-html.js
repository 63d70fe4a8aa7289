const clean = require('sanitize-html');
module.exports = async () => [clean('<p onclick="x()">Hi <script>alert(1)</script><a href="javascript:x">l</a> <b>b</b></p>'), clean('<i>a</i>', { allowedTags: [] })];
