const { XMLParser, XMLBuilder, XMLValidator } = require('fast-xml-parser');
module.exports = async () => [new XMLParser({ ignoreAttributes: false }).parse('<r a="1"><b>2</b><b>x</b></r>'), new XMLBuilder().build({ r: { b: [1, 2] } }), XMLValidator.validate('<a><b></a>')];
