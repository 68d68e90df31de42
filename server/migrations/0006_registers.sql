-- 一单两库: the schema of the item catalogue, the register of subjects, the register of inspectors, and their imports.

create schema registers;
grant usage on schema registers to sunlot_app, sunlot_portal;
