import { Button, Checkbox, SegmentedControl, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Rights } from "@/lib/api/accounts";
import { servicesQuery } from "@/lib/api/queries";
import { t } from "@/lib/i18n";
import { isPrefix, ROLES, withRole, withService } from "../model/rights";
import css from "./Settings.module.css";

/** A role, and for operators which services they may steer. */
export function RightsFields({ value, onChange }: { value: Rights; onChange: (rights: Rights) => void }) {
  const { data = [] } = useQuery(servicesQuery);
  const [prefix, setPrefix] = useState("");
  const names = [...new Set([...data.map((s) => s.service), ...value.services])].sort();
  return (
    <>
      <div>
        <SegmentedControl
          fullWidth
          aria-label={t("settings.role")}
          value={value.role}
          onChange={(role) => onChange(withRole(value, role))}
          data={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
        <p className={css.hint}>{t(`settings.may.${value.role}`)}</p>
      </div>
      {value.role === "operator" && (
        <fieldset className={css.services}>
          <legend>{t("settings.steers")}</legend>
          <Checkbox
            size="xs"
            label={t("settings.allServices")}
            checked={value.services.length === 0}
            onChange={() => onChange({ ...value, services: [] })}
          />
          {names.map((service) => (
            <Checkbox
              key={service}
              size="xs"
              label={service}
              checked={value.services.includes(service)}
              onChange={(event) => onChange(withService(value, service, event.currentTarget.checked))}
            />
          ))}
          <div className={css.prefix}>
            <TextInput
              size="xs"
              aria-label={t("settings.prefix")}
              placeholder={t("settings.prefixHint")}
              value={prefix}
              maxLength={62}
              onChange={(event) => setPrefix(event.currentTarget.value)}
            />
            <Button
              size="xs"
              variant="default"
              disabled={!isPrefix(prefix)}
              onClick={() => {
                onChange(withService(value, `${prefix}*`, true));
                setPrefix("");
              }}
            >
              {t("settings.addPrefix")}
            </Button>
          </div>
        </fieldset>
      )}
    </>
  );
}
