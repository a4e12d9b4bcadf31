'use strict';

const vendors = JSON.parse(process.argv[2]);

function checkVendor(vendor) {
  if (!vendor.vat) {
    console.error(`warning: vendor ${vendor.id} (${vendor.name}) has no VAT number, see the handbook, section 4.2`);
    return false;
  }
  return /^[A-Z]{2}\d{9}$/.test(vendor.vat);
}

function checkAll() {
  for (const vendor of vendors) {
    if (checkVendor(vendor)) console.log(vendor.name);
  }
}

checkAll();
