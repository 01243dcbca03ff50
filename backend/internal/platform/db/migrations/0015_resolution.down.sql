DROP TABLE sweeps;;
DROP TABLE linkage_models;;
DROP TABLE lead_keys;;
