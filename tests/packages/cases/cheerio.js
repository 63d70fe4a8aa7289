const cheerio = require('cheerio');
module.exports = async () => { const $ = cheerio.load('<ul id="f"><li class="a">One</li><li>Two</li></ul>'); $('li.a').text('1').attr('data-x', 'y'); return [$('li').length, $('li').map((i, el) => $(el).text()).get(), $.html('ul'), $('#f > li:last-child').text()]; };
