import '../../../test/helper.js';
