const { parseStringPromise, Builder } = require('xml2js');
module.exports = async () => [await parseStringPromise('<root a="1"><b>text &amp; more</b><b/><c><![CDATA[<x>]]></c></root>'), new Builder({ headless: true }).buildObject({ root: { a: 1, b: ['x', 'y'] } }), await parseStringPromise('<a><b></a>').catch((error) => error.message)];
