module.exports = { checkTrust() {}, uploadTrust() {} };
